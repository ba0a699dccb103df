//! A server whose handlers do arbitrary things. Its responses are read by two clients.

mod client;
mod handler;
mod hooks;
mod parser;
mod script;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, WriteHalf};

use self::handler::{Intended, Log, follow};
use self::parser::{Placed, Reply};
use self::script::{Ask, Plan};
use crate::feed::End;
use crate::recorded::Recorded;
use crate::runtime::block_on;

/// A time longer than any script runs.
const END: Duration = Duration::from_secs(3600);

/// The bytes that are sent after the connection has left HTTP.
const OTHER: &[u8] =
    b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\nother bytes";

/// Runs handlers that do what the bytes specify, and reads the responses that the client receives.
///
/// # Panics
/// Panics if two clients could read the responses differently, or if the responses are not the ones that the handlers
/// wrote.
pub fn check_writer(bytes: &[u8]) {
    let plan = Arc::new(Plan::new(bytes));
    block_on(async {
        let sent = run(&plan).await;
        check(&plan, &sent).await;
    });
}

struct Sent {
    bytes: Vec<u8>,
    is_clean: bool,
    intended: Vec<Option<Intended>>,
}

async fn run(plan: &Arc<Plan>) -> Sent {
    let (client, stream) = tokio::io::duplex(plan.room);
    let (stream, is_shut_down) = Recorded::new(stream);
    let log = Log::default();
    log.lock()
        .expect("no handler has the log")
        .resize(plan.requests.len(), None);
    let server = server(Arc::clone(plan), Arc::clone(&log));
    server
        .serve(stream)
        .expect("a new server accepts connections");
    let (mut receiver, sender) = tokio::io::split(client);
    let reading = tokio::spawn(async move {
        let mut bytes = Vec::new();
        // If the connection is aborted, `read_to_end` fails after it has appended the received bytes.
        let _ = receiver.read_to_end(&mut bytes).await;
        bytes
    });
    send(plan, sender).await;
    let bytes = tokio::time::timeout(END, reading).await;
    let bytes = bytes
        .expect("the connection ends")
        .expect("reading does not panic");
    let intended = log
        .lock()
        .expect("handlers do not panic while they record")
        .clone();
    Sent {
        bytes,
        is_clean: is_shut_down.load(Ordering::Acquire),
        intended,
    }
}

fn server(plan: Arc<Plan>, log: Log) -> Server {
    let max_requests = plan.max_requests;
    let server =
        http::create_server(move |req, res| follow(Arc::clone(&plan), Arc::clone(&log), req, res));
    let server = server.max_requests_per_socket(max_requests);
    server.on(event::Error, |_| {});
    let leave = |pending: &http::PendingUpgrade| {
        if let Some((_, mut stream)) = pending.take() {
            tokio::spawn(async move {
                let _ = stream.write_all(OTHER).await;
                let _ = stream.shutdown().await;
                let _ = stream.read_to_end(&mut Vec::new()).await;
            });
        }
    };
    server.on(event::Upgrade, leave);
    server.on(event::Connect, leave);
    server
}

/// Sends the requests. The server does not have to read the rest if it has already closed the connection.
async fn send(plan: &Plan, mut sender: WriteHalf<DuplexStream>) {
    for (index, ask) in plan.requests.iter().enumerate() {
        if sender.write_all(&ask.to_bytes(index)).await.is_err() {
            return;
        }
        if plan.waits {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    let _ = sender.shutdown().await;
}

async fn check(plan: &Plan, sent: &Sent) {
    let shown = || sent.bytes.escape_ascii().to_string();
    let mut placed: Vec<Placed> = Vec::new();
    let mut at = 0;
    let mut left = None;
    for ask in &plan.requests {
        if placed
            .last()
            .is_some_and(|it| it.reply.closes() || !it.reply.is_complete)
        {
            break;
        }
        if ask.leaves_http() {
            left = Some(&sent.bytes[at..]);
            at = sent.bytes.len();
            break;
        }
        let Some(next) = parser::read(&sent.bytes, at, ask.method == "HEAD", sent.is_clean) else {
            break;
        };
        at = next.end;
        placed.push(next);
    }
    // A connection that an earlier response aborted is closed before it becomes a tunnel or is upgraded.
    let is_left = |it: &[u8]| it == OTHER || !sent.is_clean && OTHER.starts_with(it);
    assert!(left.is_none_or(is_left), "{}", shown());
    let rest = &sent.bytes[at..];
    assert!(
        rest.is_empty() || !sent.is_clean,
        "{} is left of {}",
        rest.escape_ascii(),
        shown()
    );
    check_count(plan, sent, &placed, left.is_some());
    for ((ask, intended), placed) in plan.requests.iter().zip(&sent.intended).zip(&placed) {
        let intended = intended
            .as_ref()
            .expect("a response to a request that was handled");
        check_response(ask, intended, placed);
        assert!(!ask.is_http10 || placed.interim == 0, "{}", shown());
        assert_eq!(placed.reply.is_http10, ask.is_http10, "{}", shown());
    }
    let end = match sent.is_clean {
        true => End::Orderly,
        false => End::Reset,
    };
    client::check(&plan.requests, &sent.bytes, &placed, end).await;
}

fn check_count(plan: &Plan, sent: &Sent, placed: &[Placed], has_left: bool) {
    let handled = sent.intended.iter().flatten().count();
    let shown = sent.bytes.escape_ascii();
    // The response to the last request that was handled may be lost if the connection was aborted.
    let lost = handled - placed.len().min(handled);
    assert!(
        handled >= placed.len() && lost <= usize::from(!sent.is_clean),
        "{handled}: {shown}"
    );
    if sent.is_clean && !has_left && placed.len() < plan.requests.len() {
        let last = &placed
            .last()
            .expect("a response to the first request")
            .reply;
        assert!(
            last.closes() || !last.is_complete,
            "no response after {last:?}"
        );
    }
}

/// Checks that the response is the one that the handler wrote, if that was valid.
fn check_response(ask: &Ask, intended: &Intended, placed: &Placed) {
    let reply = &placed.reply;
    check_hooks(ask, intended, placed);
    if intended.has_changing_hook() {
        return;
    }
    let expected = if has_body(ask, intended.status) {
        &intended.written[..]
    } else {
        &[]
    };
    if is_valid(ask, intended) {
        assert_eq!(
            reply.status,
            intended.status,
            "{}",
            shown(ask, intended, placed)
        );
        assert!(reply.is_complete, "{}", shown(ask, intended, placed));
        assert!(reply.body == expected, "{}", shown(ask, intended, placed));
        let reason = intended.reason.as_ref();
        assert!(
            reason.is_none_or(|it| *it == placed.reason),
            "{}",
            shown(ask, intended, placed)
        );
        check_fields(intended, reply);
        return;
    }
    if !reply.is_complete {
        assert!(
            intended.written.starts_with(&reply.body),
            "{}",
            shown(ask, intended, placed)
        );
        return;
    }
    let is_error = matches!(reply.status, 500 | 400 | 404);
    let declared = intended
        .length()
        .is_some_and(|it| it == Some(reply.body.len() as u64))
        && intended.written.starts_with(&reply.body);
    let is_ended = intended.is_ended || intended.is_ended_if_complete;
    let is_whole = is_ended && reply.body == expected;
    let is_bare = !has_body(ask, reply.status);
    assert!(
        is_error || declared || is_whole || is_bare,
        "{}",
        shown(ask, intended, placed)
    );
}

/// Checks that no hook prevents another one from being called, and that a failed hook results in a complete 500.
fn check_hooks(ask: &Ask, intended: &Intended, placed: &Placed) {
    let shown = || shown(ask, intended, placed);
    let calls = intended.calls.load(Ordering::Relaxed);
    assert_eq!(calls, intended.witnesses, "{}", shown());
    let marks = placed.reply.values("x-witness").count();
    assert_eq!(marks, intended.witnesses, "{}", shown());
    let hooks = &intended.hooks;
    let fails = hooks
        .iter()
        .any(|(hook, is_called)| hook.fails() && *is_called);
    if fails && !hooks.iter().any(|(hook, _)| hook.changes_status()) {
        assert_eq!(placed.reply.status, 500, "{}", shown());
        assert!(placed.reply.is_complete, "{}", shown());
    }
}

fn has_body(ask: &Ask, status: u16) -> bool {
    ask.method != "HEAD" && !matches!(status, 204 | 205 | 304)
}

/// Formats a response and the actions of its handler, without the bodies.
fn shown(ask: &Ask, intended: &Intended, placed: &Placed) -> String {
    let (reply, intended) = (&mut placed.reply.clone(), &mut intended.clone());
    let lengths = (intended.written.len(), reply.body.len());
    (intended.written, reply.body) = Default::default();
    format!("{ask:?} {intended:?} {reply:?}, lengths {lengths:?}")
}

/// Returns whether a response can be sent exactly as it was written.
fn is_valid(ask: &Ask, intended: &Intended) -> bool {
    let reason = intended.reason.as_ref();
    let is_length_right = match intended.length() {
        None => true,
        Some(_) if matches!(intended.status, 204 | 205) => true,
        Some(Some(_)) if !has_body(ask, intended.status) => true,
        Some(length) => length == Some(intended.written.len() as u64),
    };
    let fails = intended.is_invalid || intended.has_failing_encoder();
    let is_replaced = intended.is_dropped && intended.written.is_empty();
    intended.is_ended
        && !fails
        && !is_replaced
        && intended.status >= 200
        && reason.is_none_or(|it| http::HeaderValue::from_bytes(it).is_ok())
        && is_length_right
        && intended.values("transfer-encoding").count() == 0
}

impl Intended {
    /// Returns whether a hook may send a response that the handler did not write. An encoder that fails may only end
    /// the response early.
    fn has_changing_hook(&self) -> bool {
        let mut hooks = self.hooks.iter();
        hooks.any(|(hook, _)| !hook.keeps_response() && !hook.is_failing_encoder())
    }

    fn has_failing_encoder(&self) -> bool {
        self.hooks.iter().any(|(hook, _)| hook.is_failing_encoder())
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let named = self.fields.iter().filter(move |it| it.0 == name);
        named.map(|(_, value)| &value[..])
    }

    /// Returns the declared length, if there is one, or `Some(None)` if it is invalid.
    fn length(&self) -> Option<Option<u64>> {
        let mut lengths = self.values("content-length");
        let length = lengths.next()?;
        if lengths.next().is_some() || !length.iter().all(u8::is_ascii_digit) {
            return Some(None);
        }
        Some(
            String::from_utf8_lossy(length)
                .parse::<i64>()
                .ok()
                .map(i64::cast_unsigned),
        )
    }
}

/// Checks that headers that the connection does not set are sent as the handler set them, and that the handler set
/// every trailer that is sent.
fn check_fields(intended: &Intended, reply: &Reply) {
    for name in [
        "x-a",
        "content-type",
        "set-cookie",
        "content-encoding",
        "date",
        "upgrade",
    ] {
        let read: Vec<_> = reply.values(name).collect();
        let set: Vec<_> = intended.values(name).map(trim).collect();
        if !set.is_empty() {
            assert_eq!(read, set, "{name} of {intended:?} in {reply:?}");
        }
    }
    for trailer in &reply.trailers {
        let is_set = |it: &(String, Vec<u8>)| it.0 == trailer.0 && trim(&it.1) == trailer.1;
        assert!(
            intended.trailers.iter().any(is_set),
            "{trailer:?} in {intended:?}"
        );
    }
}

fn trim(value: &[u8]) -> &[u8] {
    value.trim_ascii()
}
