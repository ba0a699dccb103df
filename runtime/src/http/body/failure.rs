//! Why a body cannot be read.

use std::time::Duration;

use http::StatusCode;

use crate::error::Error;

/// Why a body cannot be read.
#[derive(Clone, Copy, Debug)]
pub(super) enum BodyError {
    /// It is longer than so many bytes.
    TooLong(usize),
    /// It had so long to arrive.
    Late(Duration),
    /// It ended before it should.
    Incomplete,
    /// It is not HTTP.
    Malformed,
}

impl BodyError {
    /// What hyper says of a body that it cannot read on.
    pub(super) fn of(error: &hyper::Error) -> Self {
        match is_cut(error) {
            true => Self::Incomplete,
            false => Self::Malformed,
        }
    }

    pub(super) fn error(self) -> Error {
        match self {
            Self::TooLong(limit) => Error::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the body is longer than the {limit} bytes that are read here"),
            ),
            Self::Late(timeout) => Error::new(
                StatusCode::REQUEST_TIMEOUT,
                format!("the request took longer than {timeout:?} to arrive"),
            ),
            Self::Incomplete => Error::bad_request("the body ended before its announced end"),
            Self::Malformed => Error::bad_request("the body is not valid HTTP"),
        }
    }
}

/// Whether hyper says that the client left before the end.
fn is_cut(error: &hyper::Error) -> bool {
    use std::error::Error as _;
    error.is_incomplete_message()
        || error
            .source()
            .and_then(|source| source.downcast_ref::<std::io::Error>())
            .is_some_and(|source| source.kind() == std::io::ErrorKind::UnexpectedEof)
}
