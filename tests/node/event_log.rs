//! Logs the events of a server, its sockets, requests and responses in the notation of the recording.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use onward::http;
use onward::http::{HandlerOutput, PendingRequest, Server, Socket};
use onward::prelude::*;
use tokio::sync::Notify;

/// A log of events.
#[derive(Clone, Default)]
pub(crate) struct EventLog(Arc<Log>);

#[derive(Default)]
struct Log {
    lines: Mutex<Vec<String>>,
    /// Notified when a line is added.
    more: Notify,
    requests: AtomicUsize,
    /// The sequence number of the last response with listeners.
    responses: AtomicUsize,
    socket: Mutex<Option<Socket>>,
    /// Notified when the replay has closed the server or its connections.
    controlled: Notify,
}

impl EventLog {
    /// Creates a server with this handler, and logs its events.
    pub(crate) fn serve<H, F>(&self, handler: H) -> Server
    where
        H: Fn(Request, Response) -> F + Send + Sync + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        let log = self.clone();
        let server = http::create_server(move |req, res| {
            log.watch_response(&res);
            handler(req, res)
        });
        self.watch_server(&server);
        server
    }

    /// Returns a listener that logs a line.
    fn logs<T, L>(&self, line: L) -> impl Fn(&T) + Send + Sync + use<T, L>
    where
        L: Fn(&T) -> String + Send + Sync + 'static,
    {
        let log = self.clone();
        move |payload| log.log(line(payload))
    }

    fn watch_server(&self, server: &Server) {
        let log = self.clone();
        server.on(event::Connection, move |socket| log.connected(socket));
        let log = self.clone();
        server.on(event::Request, move |req| {
            log.log(format!("server:request {}", asked(req)));
            log.watch_request(req);
        });
        server.on(
            event::ClientError,
            self.logs(|_| "server:clientError".to_owned()),
        );
        server.on(event::Close, self.logs(|()| "server:close".to_owned()));
        // Failures are visible in the response; this listener keeps them off the standard error stream.
        server.on(event::Error, |_| {});
    }

    fn connected(&self, socket: &Socket) {
        self.log("server:connection");
        socket.on(event::End, self.logs(|()| "socket#1:end".to_owned()));
        socket.on(event::Error, self.logs(|_| "socket#1:error".to_owned()));
        socket.on(
            event::Close,
            self.logs(|error| format!("socket#1:close hadError={error}")),
        );
        *self.0.socket.lock().unwrap() = Some(socket.clone());
    }

    /// Logs the event of a pending request, which Node emits only if there is a listener.
    pub(crate) fn pending(&self, event: &str, request: &PendingRequest) {
        request.peek(|req| self.log(format!("server:{event} {}", asked(req))));
    }

    /// Takes a pending request, and logs its events.
    pub(crate) fn take(&self, request: &PendingRequest) -> (Request, Response) {
        let (req, res) = request.take().expect("the request is not taken");
        self.watch_request(&req);
        self.watch_response(&res);
        (req, res)
    }

    fn watch_request(&self, req: &Request) {
        // A request that is dispatched again already has listeners.
        if req.listener_count(event::Close) > 0 {
            return;
        }
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let line = move |what: &str| format!("req#{number}:{what}");
        req.on(
            event::Data,
            self.logs(move |chunk: &bytes::Bytes| line(&format!("data {}", chunk.len()))),
        );
        req.on(event::End, self.logs(move |()| line("end")));
        req.on(event::Aborted, self.logs(move |()| line("aborted")));
        req.on(event::Error, self.logs(move |_| line("error")));
        req.on(event::Close, self.logs(move |()| line("close")));
    }

    fn watch_response(&self, res: &Response) {
        let number = self.0.requests.load(Ordering::Relaxed);
        // A dispatched request has a second response, whose listeners receive the same events.
        if self.0.responses.swap(number, Ordering::Relaxed) == number {
            return;
        }
        let line = move |what: &str| format!("res#{number}:{what}");
        res.on(event::Drain, self.logs(move |()| line("drain")));
        res.on(event::Finish, self.logs(move |()| line("finish")));
        res.on(event::Close, self.logs(move |()| line("close")));
    }

    pub(crate) fn bytes_read(&self) -> u64 {
        let socket = self.0.socket.lock().unwrap();
        socket.as_ref().map_or(0, Socket::bytes_read)
    }

    pub(crate) fn log(&self, line: impl Into<String>) {
        self.0.lines.lock().unwrap().push(line.into());
        self.0.more.notify_waiters();
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lines.lock().unwrap().clone()
    }

    /// Waits, without a timeout, until `complete` returns `true` for the log.
    pub(crate) async fn until(&self, complete: impl Fn(&[String]) -> bool) {
        loop {
            let more = self.0.more.notified();
            if complete(&self.lines()) {
                return;
            }
            more.await;
        }
    }

    /// Waits until the replay has closed the server or its connections.
    pub(crate) async fn controlled(&self) {
        self.0.controlled.notified().await;
    }

    pub(crate) fn set_controlled(&self) {
        self.0.controlled.notify_one();
    }
}

fn asked(req: &Request) -> String {
    format!("{} {}", req.method, shortened(&req.url.to_string()))
}

/// Shortens a URL as the recording does.
fn shortened(url: &str) -> String {
    match url.len() {
        0..=80 => url.to_owned(),
        length => format!("{}...({length})", &url[..20]),
    }
}

/// Groups events by the object that emitted them. Only the order within one object is compared.
///
/// The result omits `prefinish`, which Onward does not have; `timeout`, because a listener would keep the connection
/// open; and requests and responses that were not passed to the program.
pub(crate) fn by_object(lines: &[String]) -> String {
    let passed = passed(lines);
    let mut objects = BTreeMap::<&str, Vec<String>>::new();
    for (object, event) in lines.iter().filter_map(|line| parted(line)) {
        if number(object).is_some_and(|number| number > passed) {
            continue;
        }
        let events = objects.entry(object).or_default();
        // Node emits the `error` of a request only if there is a listener, and emits that of a socket as `clientError`.
        let is_reported = events.last().is_some_and(|last| last == "aborted")
            || object.starts_with("socket")
                && lines
                    .iter()
                    .any(|line| line.starts_with("server:clientError"));
        if event == "error" && is_reported {
            continue;
        }
        match (events.last().and_then(|last| size(last)), size(&event)) {
            // How a body is split depends on the network.
            (Some(before), Some(more)) => {
                events.pop();
                events.push(format!("data {}", before + more));
            }
            _ => events.push(event),
        }
    }
    let lines = objects.iter();
    lines
        .map(|(object, events)| format!("{object}: {}\n", events.join(", ")))
        .collect()
}

/// Returns the number of requests that were passed to the program.
fn passed(lines: &[String]) -> usize {
    let count = |begin: &str| lines.iter().filter(|line| line.starts_with(begin)).count();
    count("server:request ").max(count("server:check"))
}

/// Returns the sequence number of a request or a response, such as 2 for `req#2`.
fn number(object: &str) -> Option<usize> {
    let (kind, number) = object.split_once('#')?;
    matches!(kind, "req" | "res").then(|| number.parse().ok())?
}

/// Splits a line into object and event.
fn parted(line: &str) -> Option<(&str, String)> {
    if let Some(line) = line.strip_prefix("  ") {
        return Some(("log", logged(line)?));
    }
    let (object, event) = line.split_once(':')?;
    // The effect of a missing listener is compared elsewhere.
    let event = event.trim_end_matches(" [no listener]");
    match event.split(' ').next()? {
        "prefinish" | "timeout" => None,
        // Node's and Onward's errors have different names, so only the event is compared.
        name @ ("clientError" | "error") => Some((object, name.to_owned())),
        _ => Some((object, without_head(event))),
    }
}

/// Returns a line that a handler logged, or `None` for a line that only the recorder logs.
fn logged(line: &str) -> Option<String> {
    if line.starts_with("close callback") || line.starts_with("req error listener") {
        return None;
    }
    if line.starts_with("clientError") {
        let raw = line.split_once("rawPacket=");
        return Some(raw.map_or_else(
            || "clientError".to_owned(),
            |(_, raw)| format!("clientError {raw}"),
        ));
    }
    Some(without_head(line))
}

/// Removes the first bytes of an upgraded stream, which Node passes separately; here they are read from the stream.
fn without_head(event: &str) -> String {
    let (event, _) = event.split_once(" head=").unwrap_or((event, ""));
    event.to_owned()
}

fn size(event: &str) -> Option<usize> {
    event.strip_prefix("data ")?.parse().ok()
}
