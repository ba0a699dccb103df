//! Error responses for handlers that fail.

use std::any::type_name;
use std::sync::Arc;

use http::StatusCode;

use crate::error::Error;
use crate::http::response::channel::{FailedResponse, ResponseChannel};
use crate::http::response::head::ResponseHead;
use crate::http::response::{Response, Sent};
use crate::reply::Reply;

/// The error of a handler, independent of its type.
pub(crate) struct HandlerError<'a> {
    type_name: &'static str,
    reply: Box<dyn FnOnce(Response) -> Sent + 'a>,
}

impl<'a> HandlerError<'a> {
    pub(crate) fn new<R: Reply + 'a>(error: R) -> Self {
        Self {
            type_name: type_name::<R>(),
            reply: Box::new(move |res| error.reply(res)),
        }
    }
}

/// Responds with the error, or reports it if the response can no longer be changed.
pub(crate) fn respond_with(channel: &Arc<ResponseChannel>, error: HandlerError<'_>) {
    match channel.handler_failed() {
        FailedResponse::Replaceable(head) => reply(channel, head, error),
        // Nothing of it is sent: its status decides whether it is reported as a server error.
        FailedResponse::Committed => reply(&channel.aside(), ResponseHead::default(), error),
    }
}

/// Responds with an error in place of a response that was dropped.
#[cold]
pub(crate) fn replace_dropped(channel: &Arc<ResponseChannel>, error: Error) {
    let head = channel.discard();
    reply(channel, head, HandlerError::new(error));
}

fn reply(channel: &Arc<ResponseChannel>, head: ResponseHead, error: HandlerError<'_>) {
    drop((error.reply)(Response::resume(Arc::clone(channel), head)));
    if let Some(status) = channel.unreported_server_error() {
        channel.report(&unnamed(status, error.type_name));
    }
}

/// The error to report for a server error whose type reports none itself.
fn unnamed(status: StatusCode, type_name: &str) -> Error {
    Error::new(status, format!("a handler failed with `{type_name}`"))
}
