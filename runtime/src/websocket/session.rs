//! The return values of sessions.

use crate::error::Error;

/// The return value of a session: `()`, or a `Result<(), E>` with any error that converts to [`Error`](crate::Error).
///
/// An error closes the WebSocket with the code 1011, and the server emits it as
/// [`event::Error`](crate::http::event::Error). The exception is a [`WebSocketError`](super::WebSocketError): the
/// WebSocket has already emitted it if the connection failed, and `Closed` and `Unsent` are not reported.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::websocket::{WebSocket, WebSocketError, websocket};
///
/// async fn echo(mut socket: WebSocket) -> Result<(), WebSocketError> {
///     while let Some(message) = socket.next().await {
///         socket.send(message?).await?;
///     }
///     Ok(())
/// }
///
/// #[server]
/// async fn site(req: Request, res: Response) -> Result {
///     route!("/echo" => websocket(&req, res, echo));
/// }
/// # let _ = site;
/// ```
#[diagnostic::on_unimplemented(
    message = "a WebSocket session cannot return `{Self}`",
    label = "this session returns `{Self}`",
    note = "return `()`, or a `Result<(), E>` whose error converts to `onward::Error`"
)]
pub trait SessionOutput: sealed::Sealed + Send {
    #[doc(hidden)]
    fn into_result(self) -> Result<(), Error>;
}

impl SessionOutput for () {
    fn into_result(self) -> Result<(), Error> {
        Ok(())
    }
}

impl<E: Into<Error> + Send> SessionOutput for Result<(), E> {
    fn into_result(self) -> Result<(), Error> {
        self.map_err(Into::into)
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for () {}
    impl<E> Sealed for Result<(), E> {}
}
