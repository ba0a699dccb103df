//! What a server, its sockets, requests and responses tell, in the words of the recording.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use onward::http::{HandlerOutput, PendingRequest, Server, Socket};
use onward::prelude::*;
use tokio::sync::Notify;

/// A log of events.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Log>);

#[derive(Default)]
struct Log {
    lines: Mutex<Vec<String>>,
    /// A line was added.
    more: Notify,
    requests: AtomicUsize,
    /// The number of the last response that is watched.
    responses: AtomicUsize,
    socket: Mutex<Option<Socket>>,
    /// What a handler may wait for: that the replay did something to the server.
    done: Notify,
}

impl Told {
    /// A server with this handler. Everything it tells is logged.
    pub(crate) fn serve<H, F>(&self, handler: H) -> Server
    where
        H: Fn(Request, Response) -> F + Send + Sync + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        let told = self.clone();
        let server = http::create_server(move |req, res| {
            told.watch_response(&res);
            handler(req, res)
        });
        self.watch_server(&server);
        server
    }

    /// Logs by the listener's argument.
    fn logs<T, L>(&self, line: L) -> impl Fn(&T) + Send + Sync + use<T, L>
    where
        L: Fn(&T) -> String + Send + Sync + 'static,
    {
        let told = self.clone();
        move |told_of| told.log(line(told_of))
    }

    fn watch_server(&self, server: &Server) {
        let told = self.clone();
        server.on(event::Connection, move |socket| told.connected(socket));
        let told = self.clone();
        server.on(event::Request, move |req| {
            told.log(format!("server:request {}", asked(req)));
            told.watch_request(req);
        });
        server.on(
            event::ClientError,
            self.logs(|_| "server:clientError".to_owned()),
        );
        server.on(event::Close, self.logs(|()| "server:close".to_owned()));
        // What fails is told by its answer; a listener keeps it off the screen.
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

    /// For a listener that is offered a request. Node has nothing to tell where there is none.
    pub(crate) fn offered(&self, event: &str, offer: &PendingRequest) {
        offer.peek(|req| self.log(format!("server:{event} {}", asked(req))));
    }

    /// For one that takes it.
    pub(crate) fn taken(&self, offer: &PendingRequest) -> (Request, Response) {
        let (req, res) = offer.take().expect("nobody has taken it");
        self.watch_request(&req);
        self.watch_response(&res);
        (req, res)
    }

    fn watch_request(&self, req: &Request) {
        // One that is handed on to the server again is watched already.
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
        // One that is handed on has another one in its place, whose listeners hear the same.
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

    /// Waits until the log is as asked for. It may never be.
    pub(crate) async fn until(&self, complete: impl Fn(&[String]) -> bool) {
        loop {
            let more = self.0.more.notified();
            if complete(&self.lines()) {
                return;
            }
            more.await;
        }
    }

    /// What the handler of a scenario waits for.
    pub(crate) async fn done(&self) {
        self.0.done.notified().await;
    }

    pub(crate) fn do_it(&self) {
        self.0.done.notify_one();
    }
}

fn asked(req: &Request) -> String {
    format!("{} {}", req.method, shortened(&req.url.to_string()))
}

/// As the recording shortens a URL.
fn shortened(url: &str) -> String {
    match url.len() {
        0..=80 => url.to_owned(),
        length => format!("{}...({length})", &url[..20]),
    }
}

/// Events by the object that told them: their order is kept within one object only.
///
/// Left out is what one side does not have: `prefinish`; `timeout`, to which nobody can listen without keeping the
/// connection open; requests and responses that no program got to see.
pub(crate) fn by_object(lines: &[String]) -> String {
    let handed = handed(lines);
    let mut objects = BTreeMap::<&str, Vec<String>>::new();
    for (object, event) in lines.iter().filter_map(|line| parted(line)) {
        if number(object).is_some_and(|number| number > handed) {
            continue;
        }
        let events = objects.entry(object).or_default();
        // Of a request Node tells it only to those who listen, and of a socket `clientError` tells it already.
        let told = events.last().is_some_and(|last| last == "aborted")
            || object.starts_with("socket")
                && lines
                    .iter()
                    .any(|line| line.starts_with("server:clientError"));
        if event == "error" && told {
            continue;
        }
        match (events.last().and_then(|last| size(last)), size(&event)) {
            // How a body is cut into parts is the network's choice.
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

/// How many requests a program got to see.
fn handed(lines: &[String]) -> usize {
    let count = |begin: &str| lines.iter().filter(|line| line.starts_with(begin)).count();
    count("server:request ").max(count("server:check"))
}

/// Of a request or a response: which one it is.
fn number(object: &str) -> Option<usize> {
    let (kind, number) = object.split_once('#')?;
    matches!(kind, "req" | "res").then(|| number.parse().ok())?
}

/// Object and event.
fn parted(line: &str) -> Option<(&str, String)> {
    if let Some(line) = line.strip_prefix("  ") {
        return Some(("log", logged(line)?));
    }
    let (object, event) = line.split_once(':')?;
    // That nobody listened shows in what came of it.
    let event = event.trim_end_matches(" [no listener]");
    match event.split(' ').next()? {
        "prefinish" | "timeout" => None,
        // What an error is called is each one's own.
        name @ ("clientError" | "error") => Some((object, name.to_owned())),
        _ => Some((object, without_head(event))),
    }
}

/// What a handler said, without the recorder's own words.
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

/// Node hands over what came behind the head; here it is what is read first.
fn without_head(event: &str) -> String {
    let (event, _) = event.split_once(" head=").unwrap_or((event, ""));
    event.to_owned()
}

fn size(event: &str) -> Option<usize> {
    event.strip_prefix("data ")?.parse().ok()
}
