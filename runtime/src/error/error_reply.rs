//! The errors that a route or a handler may return.

use std::any::type_name;
use std::fmt::Debug;

use http::StatusCode;

use super::{Error, Failure};
use crate::http::{Response, Sent};
use crate::reply::Reply;

/// An error that a route or a handler may return: the `E` of `Result<R, E>`.
///
/// It is implemented for [`Error`](crate::Error), [`Failure`], `StatusCode`, `(StatusCode, R)`, and for every type that
/// implements [`Reply`], `Debug` and `From<Failure>`: your own error type, to which every failure is converted. Text
/// and JSON do not implement it, since they would be sent with the status 200. Implement it for any other type whose
/// `Reply` always sets an error status. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[derive(Debug)]
/// struct MyError(StatusCode);
///
/// impl From<Failure> for MyError {
///     fn from(failure: Failure) -> Self {
///         Self(failure.status())
///     }
/// }
///
/// impl Reply for MyError {
///     fn reply(self, res: Response) -> Sent {
///         res.send((self.0, Html(format!("<h1>{}</h1>", self.0))))
///     }
/// }
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result<Sent, MyError> {
///     route!("/sale" => Err::<&str, _>((StatusCode::GONE, "the sale is over")));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let sent = shop(Request::get("/sale"), Response::new()).await.unwrap();
/// assert_eq!(sent.status_code(), StatusCode::GONE);
/// let error = shop(Request::get("/nope"), Response::new()).await.unwrap_err();
/// assert_eq!(error.0, StatusCode::NOT_FOUND);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a reply",
    label = "this error type has no status, so an `Err` would be sent as a 200",
    note = "add `?` after a `Result` to return any error as a `500 Internal Server Error`",
    note = "use `(status, reply)` as the error to send it with a status: `.map_err(|error| (StatusCode::CONFLICT, error))`",
    note = "for your own error type, implement `Reply`, `Debug` and `From<onward::Failure>`"
)]
pub trait ErrorReply: Reply {
    /// Sends the error, or returns it as a `Failure`, which is then converted to the handler's own error type.
    ///
    /// A 5xx is reported, unless it has been reported already.
    #[doc(hidden)]
    fn try_reply_error(self, res: Response) -> Result<Sent, Failure> {
        let description = (!Self::REPORTS_ITSELF).then(|| self.description());
        let sent = self.try_reply(res)?;
        let status = sent.status_code();
        if let Some(description) = description.filter(|_| status.is_server_error()) {
            sent.report(&mut Error::new(status, description));
        }
        Ok(sent)
    }

    /// Converts a failure that the handler did not return, such as that of a panic, or returns it in `Err` if there is
    /// no conversion.
    #[doc(hidden)]
    fn from_failure(failure: Failure) -> Result<Self, Failure> {
        Err(failure)
    }

    /// Describes the error for the log.
    #[doc(hidden)]
    fn description(&self) -> String {
        format!("a handler failed with `{}`", type_name::<Self>())
    }
}

#[diagnostic::do_not_recommend]
impl<E: Reply + Debug + From<Failure>> ErrorReply for E {
    fn from_failure(failure: Failure) -> Result<Self, Failure> {
        Ok(Self::from(failure))
    }

    fn description(&self) -> String {
        format!("a handler failed with `{}`: {self:?}", type_name::<Self>())
    }
}

impl ErrorReply for StatusCode {
    fn try_reply_error(self, res: Response) -> Result<Sent, Failure> {
        if self.is_client_error() || self.is_server_error() {
            return Failure::new(self, "").try_reply(res);
        }
        Ok(self.reply(res))
    }
}

impl<R: Reply> ErrorReply for (StatusCode, R) {}
