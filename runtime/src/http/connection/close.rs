//! Closes a connection, after an error response if one is due.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::abort_signal::AbortSignal;
#[cfg(feature = "http2")]
use super::http2;
use super::transport::Transport;
use super::upgrade::{self, Successor};
use crate::error::Error;
use crate::http::events::client_error::{ClientError, ClientErrorAction, ClientErrorKind};
use crate::http::events::server_events;
use crate::http::exchange::context::ConnectionContext;
use crate::http::exchange::rejection::Rejection;
use crate::http::exchange::request_kind::RequestKind;
use crate::http::h1::read::parse_error::ParseError;
use crate::http::h1::write::framing::{HeadPlan, RequestTraits};
use crate::http::request::Request;
use crate::http::response::channel::ResponseBody;
use crate::http::response::switch::ProtocolSwitch;
use crate::http::socket::events;
use crate::http::sync::either;

/// The maximum time that closing takes. During this time, the rest of the output is sent, and input is discarded so
/// that the client can read the response.
pub(super) const LINGER: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) enum CloseReason {
    /// No further request is read, or the response was aborted.
    Done,
    /// The client sent something invalid, or was too slow.
    Rejected {
        error: ParseError,
        /// The method is HEAD: the response has no body.
        is_head: bool,
    },
    Failed(io::Error),
    /// The client disconnected and did not wait for its response.
    Disconnected,
    /// The connection is aborted.
    Destroyed,
    /// These bytes are sent in place of a response that has not begun.
    Replaced(Bytes),
    /// HTTP/2 takes over.
    #[cfg(feature = "http2")]
    Http2,
    /// The request asks for the connection, which a listener may take over.
    HandOff(RequestKind, Box<Request>),
    /// Another protocol takes over because a response switched to it.
    Switch(ProtocolSwitch),
}

impl CloseReason {
    fn is_error(&self) -> bool {
        matches!(self, Self::Rejected { .. } | Self::Failed(_))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CloseMode {
    /// Another protocol continues on the stream.
    KeepOpen,
    Immediate,
    /// The client is still sending and gets time to stop. Closing the socket at once would make the operating system
    /// respond to further input with a reset, which can discard the response before the client has read it.
    Lingering,
}

/// A future that runs another protocol on the connection until the connection is closed.
pub(crate) type Continuation = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Ends the connection as `reason` requires: sends the remaining output if the client may still read it, and closes the
/// connection unless another protocol continues on it. `abort` ends the wait for the client.
pub(crate) async fn finish(
    reason: CloseReason,
    mut transport: Transport,
    mut abort: AbortSignal,
    context: Arc<ConnectionContext>,
) -> Option<Continuation> {
    let mut had_error = reason.is_error();
    let mut successor = None;
    let mode = match reason {
        CloseReason::Done if transport.has_unread_input() && !context.control.borrow().closing => {
            Some(CloseMode::Lingering)
        }
        CloseReason::Done => Some(CloseMode::Immediate),
        CloseReason::Rejected { error, is_head } => {
            reject(error, is_head, &mut transport, &context).then_some(CloseMode::Lingering)
        }
        CloseReason::Replaced(response) => replace_response(&response, &mut transport),
        CloseReason::Failed(error) => {
            report_failure(error, &transport, &context);
            None
        }
        CloseReason::Disconnected | CloseReason::Destroyed => None,
        #[cfg(feature = "http2")]
        CloseReason::Http2 => return Some(Box::pin(http2::run(transport.detach(), context))),
        CloseReason::HandOff(kind, request) => {
            successor = Some(Successor::Listener(kind, request));
            Some(CloseMode::KeepOpen)
        }
        CloseReason::Switch(switch) => {
            successor = Some(Successor::Response(switch));
            Some(CloseMode::KeepOpen)
        }
    };
    let is_flushed = match mode {
        Some(mode) => flush_and_close(&mut transport, mode, &mut abort).await,
        None => false,
    };
    had_error |= successor.is_some() && !is_flushed;
    if let Some(successor) = successor.filter(|_| is_flushed) {
        let continuation = upgrade::run(successor, transport.detach(), abort, context);
        return Some(Box::pin(continuation));
    }
    // A handler that keeps the socket does not keep the connection open.
    drop(transport.detach());
    context.socket.emit(events::Close, &had_error);
    None
}

/// Sends the output and closes the connection as `mode` specifies. `abort` ends the wait for the client. Returns
/// whether all of this succeeded in time.
async fn flush_and_close(
    transport: &mut Transport,
    mode: CloseMode,
    abort: &mut AbortSignal,
) -> bool {
    let closing = async {
        poll_fn(|cx| transport.poll_send(cx)).await?;
        if mode != CloseMode::KeepOpen {
            poll_fn(|cx| transport.poll_shutdown(cx)).await?;
        }
        if mode == CloseMode::Lingering {
            poll_fn(|cx| transport.poll_discard(cx)).await;
        }
        io::Result::Ok(())
    };
    let closed = tokio::time::timeout(LINGER, closing);
    let aborted = poll_fn(|cx| abort.poll(cx));
    matches!(either(aborted, closed).await, Err(Ok(Ok(()))))
}

/// Writes bytes that the program supplied in place of a response. The connection lingers, because the handler may
/// have left a part of the request's body unread.
fn replace_response(response: &[u8], transport: &mut Transport) -> Option<CloseMode> {
    transport.writer.push(response);
    Some(CloseMode::Lingering)
}

/// Emits `ClientError`, and writes the response to a rejected request. Returns whether a response was written.
fn reject(
    error: ParseError,
    is_head: bool,
    transport: &mut Transport,
    context: &ConnectionContext,
) -> bool {
    let kind = match error.status() {
        StatusCode::REQUEST_TIMEOUT => ClientErrorKind::Timeout,
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ClientErrorKind::HeadTooLarge,
        StatusCode::URI_TOO_LONG => ClientErrorKind::UrlTooLong,
        _ => ClientErrorKind::Malformed,
    };
    let client_error = client_error(kind, error.status(), transport, context);
    let emitter = &context.service.emitter;
    emitter.emit(server_events::ClientError, &client_error);
    match client_error.action() {
        ClientErrorAction::Default => {
            respond(error, is_head, transport, context);
        }
        ClientErrorAction::Respond(response) => transport.writer.push(&response),
        ClientErrorAction::Destroy => return false,
    }
    true
}

#[inline(never)]
fn client_error(
    kind: ClientErrorKind,
    status: StatusCode,
    transport: &Transport,
    context: &ConnectionContext,
) -> ClientError {
    let raw = transport.reader.rest().to_vec().into();
    ClientError::new(kind, status, raw, context.socket.clone())
}

/// Writes the default response to a rejected request. The response to a HEAD request has no body.
fn respond(
    error: ParseError,
    is_head: bool,
    transport: &mut Transport,
    context: &ConnectionContext,
) {
    let rejection = Rejection {
        status: error.status(),
        message: error.message(),
    };
    let (head, body) = rejection.response(&context.service);
    let traits = RequestTraits {
        is_head,
        ..RequestTraits::default()
    };
    let plan = HeadPlan::new(&head, &body, traits, true);
    if let ResponseBody::Whole(body) = body {
        transport.writer.write_whole(&head, &plan, body);
    }
}

/// Reports a connection that failed. No response can be sent.
fn report_failure(error: io::Error, transport: &Transport, context: &ConnectionContext) {
    let status = StatusCode::BAD_REQUEST;
    let lost = client_error(ClientErrorKind::Reset, status, transport, context);
    let emitter = &context.service.emitter;
    emitter.emit(server_events::ClientError, &lost);
    let error = Error::new(status, "the connection failed").with_source(error);
    context.socket.emit(events::Error, &error);
}
