//! The reasons why a response is not sent completely.

use http::StatusCode;

use crate::error::Error;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Interruption {
    #[default]
    ClientDisconnected,
    /// The server aborted its remaining connections.
    Shutdown,
    /// `close_all_connections`, `destroy` or a timeout closed the connection.
    ConnectionClosed,
    /// The handler failed or dropped the response after the headers were sent.
    ResponseAborted,
    /// The response has no body: the method is HEAD, or the status allows none.
    NoBody,
    /// A hook replaced the response.
    Replaced,
}

impl Interruption {
    pub(crate) fn to_error(self) -> Error {
        let (status, message) = match self {
            Self::ClientDisconnected => (StatusCode::BAD_REQUEST, "the client has disconnected"),
            Self::Shutdown => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the server was shut down before the response was complete",
            ),
            Self::ConnectionClosed => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the server closed the connection before the response was complete",
            ),
            Self::ResponseAborted => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "the response was aborted after its headers were sent",
            ),
            Self::Replaced => (
                StatusCode::BAD_REQUEST,
                "a `before_head` hook replaced the response",
            ),
            Self::NoBody => (StatusCode::BAD_REQUEST, "this response has no body to send"),
        };
        Error::new(status, message)
    }
}
