//! How a connection ends, and what is said to the client then.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::client_error::{ClientError, ClientErrorKind, Verdict};
use super::duplex::Upgraded;
use super::event;
use super::flaw::Flaw;
use super::handover::{Duplex, Handover};
use super::lane::Protocol;
use super::line::Line;
use super::request::Request;
use super::server::Visit;
use crate::error::Error;

/// How long a client that was answered may go on sending what nobody reads.
const LINGER: Duration = Duration::from_secs(5);

pub(crate) enum End {
    /// All is said.
    Closed,
    /// What the client sent is no request, or came too late.
    Refused(Flaw),
    /// The connection broke.
    Failed(io::Error),
    /// The client sends no more, and did not wait for its answer.
    Gone,
    /// Somebody cut it.
    Destroyed,
    /// Another protocol takes over.
    Handover(Protocol, Box<Request>),
}

/// How a client is left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parting {
    /// It has its answers, and goes on with another protocol.
    Never,
    AtOnce,
    /// It is still sending, and gets some time to end: were the socket closed now, the rest would be answered with a reset,
    /// and the answer might be lost on the way.
    Slowly,
}

pub(crate) async fn say(end: End, mut line: Line, visit: Arc<Visit>) {
    let mut had_error = matches!(end, End::Refused(_) | End::Failed(_));
    let mut handover = None;
    let parting = match end {
        End::Closed if line.is_cut_short() && !visit.orders.borrow().closing => {
            Some(Parting::Slowly)
        }
        End::Closed => Some(Parting::AtOnce),
        End::Refused(flaw) => refuse(flaw, &mut line, &visit).then_some(Parting::Slowly),
        End::Failed(error) => {
            fail(error, &line, &visit);
            None
        }
        End::Gone | End::Destroyed => None,
        End::Handover(protocol, request) => {
            handover = Some((protocol, *request));
            Some(Parting::Never)
        }
    };
    let well = match parting {
        Some(parting) => leave(&mut line, parting).await,
        None => false,
    };
    if let Some((protocol, request)) = handover {
        if well {
            return hand_over(protocol, request, line, &visit);
        }
        had_error = true;
    }
    // Whoever holds the socket must not hold it open.
    drop(line.detach());
    visit.socket.emit(event::Close, &had_error);
}

/// Sends what is left to send, and no more. `false`: the client does not take it.
async fn leave(line: &mut Line, how: Parting) -> bool {
    let parting = async {
        poll_fn(|cx| line.poll_send(cx)).await?;
        if how != Parting::Never {
            poll_fn(|cx| line.poll_shutdown(cx)).await?;
        }
        if how == Parting::Slowly {
            poll_fn(|cx| line.poll_discard(cx)).await;
        }
        io::Result::Ok(())
    };
    matches!(tokio::time::timeout(LINGER, parting).await, Ok(Ok(())))
}

/// Whether the client gets an answer.
fn refuse(flaw: Flaw, line: &mut Line, visit: &Visit) -> bool {
    let kind = match flaw.status() {
        StatusCode::REQUEST_TIMEOUT => ClientErrorKind::Timeout,
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ClientErrorKind::HeadTooLarge,
        StatusCode::URI_TOO_LONG => ClientErrorKind::UrlTooLong,
        _ => ClientErrorKind::Malformed,
    };
    let error = ClientError::new(kind, flaw.status(), line.held(), visit.socket.clone());
    visit.server.emit(event::ClientError, &error);
    match error.verdict() {
        Verdict::Default => line.push(&refusal(flaw)),
        Verdict::Answer(answer) => line.push(&answer),
        Verdict::Destroy => return false,
    }
    true
}

/// An answer without hyper, which cannot give one where there is no request.
fn refusal(flaw: Flaw) -> Vec<u8> {
    let problem = Error::new(flaw.status(), flaw.reason()).problem_details();
    format!(
        "HTTP/1.1 {}\r\ndate: {}\r\nconnection: close\r\ncontent-type: application/problem+json\r\n\
         content-length: {}\r\n\r\n{problem}",
        flaw.status(),
        httpdate::fmt_http_date(SystemTime::now()),
        problem.len(),
    )
    .into_bytes()
}

/// Tells of a connection that broke. Nobody can be answered.
fn fail(error: io::Error, line: &Line, visit: &Visit) {
    let status = StatusCode::BAD_REQUEST;
    let lost = ClientError::new(
        ClientErrorKind::Reset,
        status,
        line.held(),
        visit.socket.clone(),
    );
    visit.server.emit(event::ClientError, &lost);
    let error = Error::new(status, "the connection broke").with_source(error);
    visit.socket.emit(event::Error, &error);
}

/// Gives the stream to who takes it; else it is closed.
fn hand_over(protocol: Protocol, request: Request, mut line: Line, visit: &Visit) {
    let Some((stream, early)) = line.detach() else {
        return;
    };
    let duplex = Duplex::new(Box::new(Upgraded::new(stream, early)));
    let handover = Handover::new(request, duplex);
    match protocol {
        Protocol::Upgrade => visit.server.emit(event::Upgrade, &handover),
        Protocol::Connect => visit.server.emit(event::Connect, &handover),
    };
    if handover.take().is_some() {
        visit.socket.emit(event::Close, &false);
    }
}
