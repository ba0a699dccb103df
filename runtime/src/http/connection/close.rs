//! How a connection is closed, and what its client is sent then.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::StatusCode;

#[cfg(feature = "http2")]
use super::http2;
use super::open_connections::ConnectionGuard;
use super::rewind::Rewind;
use super::transport::Transport;
use crate::error::Error;
use crate::http::events::client_error::{ClientError, ClientErrorAction, ClientErrorKind};
use crate::http::events::server_events;
use crate::http::events::upgrade::{PendingUpgrade, UpgradedStream};
use crate::http::exchange::context::ConnectionContext;
use crate::http::exchange::request_kind::RequestKind;
use crate::http::h1::read::parse_error::ParseError;
use crate::http::request::Request;
use crate::http::socket::events;

/// How long a client that got its response may go on sending what is not read.
pub(super) const LINGER: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) enum CloseReason {
    /// Everything is sent.
    Done,
    /// The client sent something invalid, or was too slow.
    Rejected(ParseError),
    Failed(io::Error),
    /// The client disconnected and did not wait for its response.
    Disconnected,
    /// The connection is aborted.
    Destroyed,
    /// HTTP/2 takes over.
    #[cfg(feature = "http2")]
    Http2,
    /// Another protocol takes over.
    HandOff(RequestKind, Box<Request>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CloseMode {
    /// Another protocol goes on.
    KeepOpen,
    Immediate,
    /// The client is still sending and gets some time to stop: if the socket were closed now, its input would be answered
    /// with a reset, which could discard the response on the way.
    Lingering,
}

/// Sends what there is to send and closes the connection. `guard`: it counts as open until then.
pub(crate) async fn finish(
    reason: CloseReason,
    mut transport: Transport,
    context: Arc<ConnectionContext>,
    guard: Option<ConnectionGuard>,
) {
    let mut had_error = matches!(reason, CloseReason::Rejected(_) | CloseReason::Failed(_));
    let mut hand_off_to = None;
    let mode = match reason {
        CloseReason::Done if transport.has_unread_input() && !context.control.borrow().closing => {
            Some(CloseMode::Lingering)
        }
        CloseReason::Done => Some(CloseMode::Immediate),
        CloseReason::Rejected(error) => {
            reject(error, &mut transport, &context).then_some(CloseMode::Lingering)
        }
        CloseReason::Failed(error) => {
            report_failure(error, &transport, &context);
            None
        }
        CloseReason::Disconnected | CloseReason::Destroyed => None,
        #[cfg(feature = "http2")]
        CloseReason::Http2 => {
            return Box::pin(http2::run(transport, context, guard)).await;
        }
        CloseReason::HandOff(kind, request) => {
            hand_off_to = Some((kind, *request));
            Some(CloseMode::KeepOpen)
        }
    };
    let is_flushed = match mode {
        Some(mode) => flush_and_close(&mut transport, mode).await,
        None => false,
    };
    if let Some((kind, request)) = hand_off_to {
        if is_flushed {
            return hand_off(kind, request, transport, context, guard);
        }
        had_error = true;
    }
    // A handler that keeps the socket does not keep the connection open.
    drop(transport.detach());
    context.socket.emit(events::Close, &had_error);
}

/// Sends the output, and closes. Returns whether the client took it.
async fn flush_and_close(transport: &mut Transport, mode: CloseMode) -> bool {
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
    matches!(tokio::time::timeout(LINGER, closing).await, Ok(Ok(())))
}

/// Writes the response for a request that is rejected. Returns whether there is one.
fn reject(error: ParseError, transport: &mut Transport, context: &ConnectionContext) -> bool {
    let kind = match error.status() {
        StatusCode::REQUEST_TIMEOUT => ClientErrorKind::Timeout,
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ClientErrorKind::HeadTooLarge,
        StatusCode::URI_TOO_LONG => ClientErrorKind::UrlTooLong,
        _ => ClientErrorKind::Malformed,
    };
    let is_head = transport.reader.rejects_head_request();
    let client_error = client_error(kind, error.status(), transport, context);
    let emitter = &context.service.emitter;
    emitter.emit(server_events::ClientError, &client_error);
    match client_error.action() {
        ClientErrorAction::Default => {
            let response = error_response(error, is_head);
            transport.writer.push(&response);
        }
        ClientErrorAction::Respond(response) => transport.writer.push(&response),
        ClientErrorAction::Destroy => return false,
    }
    true
}

fn client_error(
    kind: ClientErrorKind,
    status: StatusCode,
    transport: &Transport,
    context: &ConnectionContext,
) -> ClientError {
    let raw = transport.reader.rest().to_vec().into();
    ClientError::new(kind, status, raw, context.socket.clone())
}

/// A response to HEAD has no body.
fn error_response(error: ParseError, is_head: bool) -> Vec<u8> {
    let status = error.status();
    let problem = Error::new(status, error.message()).problem();
    let head = format!(
        "HTTP/1.1 {status}\r\ndate: {}\r\nconnection: close\r\ncontent-type: application/problem+json\r\n\
         content-length: {}\r\n\r\n",
        httpdate::fmt_http_date(SystemTime::now()),
        problem.len(),
    );
    let mut response = head.into_bytes();
    if !is_head {
        response.extend_from_slice(problem.as_bytes());
    }
    response
}

/// Reports a connection that failed. There is no one to send a response to.
fn report_failure(error: io::Error, transport: &Transport, context: &ConnectionContext) {
    let status = StatusCode::BAD_REQUEST;
    let lost = client_error(ClientErrorKind::Reset, status, transport, context);
    let emitter = &context.service.emitter;
    emitter.emit(server_events::ClientError, &lost);
    let error = Error::new(status, "the connection failed").with_source(error);
    context.socket.emit(events::Error, &error);
}

/// Passes the stream to a listener; without one, it is closed. The connection counts as open while the listener keeps it.
fn hand_off(
    kind: RequestKind,
    request: Request,
    mut transport: Transport,
    context: Arc<ConnectionContext>,
    guard: Option<ConnectionGuard>,
) {
    let Some((stream, early)) = transport.detach() else {
        return;
    };
    let emitter = context.service.emitter.clone();
    let stream = UpgradedStream::new(Rewind::new(stream, early, context, guard));
    let pending = PendingUpgrade::new(request, stream);
    match kind {
        RequestKind::Connect => emitter.emit(server_events::Connect, &pending),
        _ => emitter.emit(server_events::Upgrade, &pending),
    };
    drop(pending.take());
}
