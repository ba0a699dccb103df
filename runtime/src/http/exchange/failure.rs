//! Error responses for handlers that fail.

use std::sync::Arc;

use crate::error::{Error, ErrorReply};
use crate::http::panic::catch_panic;
use crate::http::response::channel::{FailedResponse, ResponseChannel};
use crate::http::response::head::ResponseHead;
use crate::http::response::{Response, Sent};
use crate::reply::Reply;

/// The error of a handler, with its type erased.
pub(crate) struct HandlerError<'a> {
    /// The text to report if the response is a server error; `None` if the error is reported elsewhere.
    description: Option<String>,
    reply: Box<dyn FnOnce(Response) -> Sent + 'a>,
}

impl<'a> HandlerError<'a> {
    pub(crate) fn new<E: ErrorReply + 'a>(error: E) -> Self {
        let description = (!E::REPORTS_ITSELF).then(|| error.description());
        Self {
            description,
            ..Self::reported(error)
        }
    }

    /// Creates the value for an error that was already reported.
    fn reported<E: Reply + 'a>(error: E) -> Self {
        Self {
            description: None,
            reply: Box::new(move |res| error.reply(res)),
        }
    }

    /// Converts an error that the handler did not return, such as a panic, to the handler's own error type. That type
    /// might not keep the message, so the error is reported first.
    pub(crate) fn from_error<E: ErrorReply + 'a>(
        mut error: Error,
        channel: &ResponseChannel,
    ) -> Self {
        if !E::REPORTS_ITSELF {
            channel.report(&mut error);
        }
        match E::from_failure(error.into()) {
            Ok(error) => Self::reported(error),
            Err(failure) => Self::new(failure),
        }
    }
}

/// Responds with an error that was reported, converted to the error type `E` of the handler if there is a conversion.
pub(crate) fn error_reply<E: ErrorReply>(error: Error, res: Response) -> Sent {
    match E::from_failure(error.into()) {
        Ok(error) => error.reply(res),
        Err(failure) => failure.reply(res),
    }
}

/// Responds with the error, or reports it if the response can no longer be changed.
pub(crate) fn respond_with(channel: &Arc<ResponseChannel>, error: HandlerError<'_>) {
    match channel.handler_failed() {
        FailedResponse::Replaceable(head) => reply(channel, head, error),
        // This response is not sent: its status only decides whether the error is reported as a server error.
        FailedResponse::Committed => reply(
            &ResponseChannel::aside_of(channel),
            ResponseHead::default(),
            error,
        ),
    }
}

/// Responds with an error in place of a response that was dropped.
#[cold]
pub(crate) fn replace_dropped(channel: &Arc<ResponseChannel>, error: Error) {
    let head = channel.discard();
    reply(channel, head, HandlerError::new(error));
}

/// Sends an error response in place of the handler, as the handler's error type writes it. The error is not reported as
/// a failure of the handler.
#[cold]
pub(crate) fn reject(res: Response, mut error: Error) {
    error.begin_report();
    let channel = Arc::clone(res.channel());
    // If a user's error type panics, the panic drops the response, which records the panic.
    drop(catch_panic(|| drop(channel.reply_to_reported(error, res))));
}

fn reply(channel: &Arc<ResponseChannel>, head: ResponseHead, error: HandlerError<'_>) {
    let HandlerError { description, reply } = error;
    drop(reply(Response::resume(Arc::clone(channel), head)));
    let status = channel.unreported_server_error();
    if let (Some(status), Some(description)) = (status, description) {
        channel.report(&mut Error::new(status, description));
    }
}
