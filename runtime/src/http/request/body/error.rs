//! The errors that reading a body can cause.

use std::error::Error as StdError;

use http::StatusCode;

use crate::error::Error;
use crate::http::request::channel::BodyFailure;

#[derive(Clone, Copy, Debug)]
pub(crate) enum BodyError {
    /// The body exceeds this limit, in bytes.
    TooLong(usize),
    /// The body does not match its `content-encoding`.
    #[cfg(feature = "compression")]
    Encoding,
    /// The protocol cannot deliver the body.
    Failed(BodyFailure),
    /// A body from another crate failed. The status is that of its error if the error has a status below 500; otherwise
    /// it is 413 if the body exceeds a limit, or else 400.
    Foreign(StatusCode),
}

impl BodyError {
    /// Converts the failure of another crate's body. Keeps a status below 500 that the error contains.
    pub(crate) fn foreign(error: &Error) -> Self {
        // The error of `http_body_util::Limited`, and of layers that use it, can be recognized only by its message.
        let status = match error.status() {
            status if !status.is_server_error() => status,
            _ if has_cause(error, "length limit exceeded") => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::Foreign(status)
    }

    pub(crate) fn to_error(self) -> Error {
        match self {
            Self::TooLong(limit) => Error::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the request body exceeds the limit of {limit} bytes"),
            ),
            #[cfg(feature = "compression")]
            Self::Encoding => {
                Error::bad_request("the request body does not match its content-encoding")
            }
            Self::Foreign(StatusCode::PAYLOAD_TOO_LARGE) => Error::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "the request body exceeds its limit",
            ),
            Self::Foreign(status) => Error::new(status, "the request body could not be read"),
            Self::Failed(BodyFailure::Late(timeout)) => Error::new(
                StatusCode::REQUEST_TIMEOUT,
                format!("the request took longer than {timeout:?} to arrive"),
            ),
            Self::Failed(BodyFailure::Incomplete) => {
                Error::bad_request("the request body ended prematurely")
            }
            Self::Failed(BodyFailure::Interrupted(interruption)) => interruption.to_error(),
            Self::Failed(BodyFailure::Malformed) => {
                Error::bad_request("the framing or the trailers of the request body are invalid")
            }
        }
    }
}

fn has_cause(error: &Error, text: &str) -> bool {
    let mut causes = std::iter::successors(error.source(), |&cause: &&dyn StdError| cause.source());
    causes.any(|cause| cause.to_string() == text)
}
