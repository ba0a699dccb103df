//! The errors that reading a body can cause.

use http::StatusCode;

use crate::error::Error;
use crate::http::request::channel::BodyFailure;

#[derive(Clone, Copy, Debug)]
pub(crate) enum BodyError {
    /// The body exceeds this limit, in bytes.
    TooLong(usize),
    /// It cannot be decoded.
    #[cfg(feature = "compression")]
    Encoding,
    /// The protocol cannot deliver the body.
    Failed(BodyFailure),
}

impl BodyError {
    pub(crate) fn to_error(self) -> Error {
        match self {
            Self::TooLong(limit) => Error::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the request body exceeds the limit of {limit} bytes"),
            ),
            #[cfg(feature = "compression")]
            Self::Encoding => {
                Error::bad_request("the request body is not what its content-encoding declares")
            }
            Self::Failed(BodyFailure::Late(timeout)) => Error::new(
                StatusCode::REQUEST_TIMEOUT,
                format!("the request took longer than {timeout:?} to arrive"),
            ),
            Self::Failed(BodyFailure::Incomplete) => {
                Error::bad_request("the request body ended prematurely")
            }
            Self::Failed(BodyFailure::Interrupted(interruption)) => interruption.to_error(),
            Self::Failed(BodyFailure::Malformed) => {
                Error::bad_request("the request body is not valid HTTP")
            }
        }
    }
}
