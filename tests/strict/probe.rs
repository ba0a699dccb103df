//! Sends requests, and checks the responses and the requests that the handler received.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The time after which a test counts as hung. No result depends on it.
const HANGS: Duration = Duration::from_secs(10);

/// A request and its description.
pub(crate) type Case<'a> = (&'a str, &'a [u8]);

/// A server that echoes bodies, and the requests that its handler received.
pub(crate) struct Probe {
    addr: std::net::SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

/// The data that a client received, and whether the connection ended.
#[derive(Debug)]
struct Outcome {
    text: String,
    ended: bool,
}

impl Probe {
    pub(crate) fn new() -> Self {
        Self::of(|server| server)
    }

    /// Creates a probe of a server with options.
    pub(crate) fn of(options: impl FnOnce(Server) -> Server) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let see = Arc::clone(&seen);
        let server = options(http::create_server(move |req, res| {
            let see = Arc::clone(&see);
            async move {
                let what = format!("{} {}", req.method, req.url);
                let body = req.body.text().await;
                see.lock().unwrap().push(match &body {
                    Ok(body) => format!("{what} \"{body}\""),
                    Err(error) => format!("{what} error {}", error.status().as_u16()),
                });
                Ok::<_, Error>(res.send(body?))
            }
        }));
        // Do not wait long for the next request if one is accepted by mistake.
        let server = server.keep_alive_timeout(Duration::from_millis(100));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        tokio::spawn(server.listen(listener));
        Self { addr, seen }
    }

    /// Checks that these heads are rejected before the handler sees them.
    pub(crate) async fn rejects(&self, statuses: &[u16], cases: &[Case<'_>]) {
        self.rejects_and_sees(statuses, cases, |seen| seen.is_empty())
            .await;
    }

    /// Checks that these bodies are rejected and that the handler reads them as an error.
    pub(crate) async fn rejects_bodies(&self, statuses: &[u16], cases: &[Case<'_>]) {
        let an_error = |seen: &[String]| matches!(seen, [one] if one.contains(" error 4"));
        self.rejects_and_sees(statuses, cases, an_error).await;
    }

    /// Checks that these beginnings, which cannot become a valid request line, are rejected before the line ends.
    pub(crate) async fn refuses_early(&self, beginnings: &[&[u8]]) {
        for beginning in beginnings {
            for bytewise in [false, true] {
                let response = self.send(beginning, bytewise, false).await;
                let shown = beginning.escape_ascii();
                assert!(response.is_rejected(&[400]), "{shown}: {response:?}");
                assert!(self.seen().is_empty(), "{shown}");
            }
        }
    }

    async fn rejects_and_sees(
        &self,
        statuses: &[u16],
        cases: &[Case<'_>],
        right: fn(&[String]) -> bool,
    ) {
        let mut wrong = String::new();
        for (what, request) in cases {
            let mut request = request.to_vec();
            // A proxy may interpret this as a separate request.
            request.extend(b"GET /next HTTP/1.1\r\nhost: a\r\n\r\n");
            for bytewise in ways(&request) {
                let outcome = self.send(&request, *bytewise, false).await;
                let seen = self.seen();
                if !outcome.is_rejected(statuses) || !right(&seen) {
                    let how = if *bytewise { "byte by byte" } else { "at once" };
                    let _ = writeln!(
                        wrong,
                        "{what}, {how}: {outcome:?}, the handler saw {seen:?}"
                    );
                }
            }
        }
        assert!(wrong.is_empty(), "expected {statuses:?}\n{wrong}");
    }

    /// Checks that these requests get a 200, and that the handler receives the expected requests.
    pub(crate) async fn accepts(&self, cases: &[(&str, &[u8], &str)]) {
        let mut wrong = String::new();
        for (what, request, expected) in cases {
            for bytewise in ways(request) {
                let outcome = self.send(request, *bytewise, true).await;
                let seen = self.seen();
                if !outcome.text.starts_with("HTTP/1.1 200 ") || seen != [*expected] {
                    let _ = writeln!(wrong, "{what}: {outcome:?}, the handler saw {seen:?}");
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }

    /// Returns the requests that the handler received since the last call.
    pub(crate) fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    /// Sends a request and reads until the server closes the connection.
    async fn send(&self, request: &[u8], bytewise: bool, finish: bool) -> Outcome {
        let mut stream = TcpStream::connect(self.addr).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let parts = if bytewise { 1 } else { request.len() };
        for part in request.chunks(parts) {
            // The server may close the connection before the whole request is sent.
            if stream.write_all(part).await.is_err() {
                break;
            }
            tokio::task::yield_now().await;
        }
        if finish {
            stream.shutdown().await.unwrap();
        }
        let mut bytes = Vec::new();
        let read = timeout(HANGS, async {
            // A reset counts as the end.
            while stream.read_buf(&mut bytes).await.is_ok_and(|read| read > 0) {}
        });
        let ended = read.await.is_ok();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Outcome { text, ended }
    }

    /// Sends a request and returns everything that was received.
    pub(crate) async fn exchange(&self, request: &[u8]) -> String {
        self.send(request, false, true).await.text
    }

    /// Sends a request in two parts, the second one after the first response, and returns everything that was received.
    pub(crate) async fn in_two_parts(&self, first: &[u8], second: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.addr).await.unwrap();
        stream.write_all(first).await.unwrap();
        let mut bytes = Vec::new();
        let waiting = timeout(HANGS, stream.read_buf(&mut bytes));
        waiting
            .await
            .expect("a response to the first part")
            .unwrap();
        stream.write_all(second).await.unwrap();
        stream.shutdown().await.unwrap();
        let rest = timeout(HANGS, stream.read_to_end(&mut bytes));
        rest.await.expect("the end").unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Outcome {
    fn is_rejected(&self, statuses: &[u16]) -> bool {
        let heads = self
            .text
            .split("HTTP/1.1 ")
            .skip(1)
            .filter(begins_with_a_status)
            .count();
        let status = self.text.split(' ').nth(1).and_then(|it| it.parse().ok());
        let closes = self.text.to_ascii_lowercase().contains("connection: close");
        self.ended && heads == 1 && closes && status.is_some_and(|it| statuses.contains(&it))
    }
}

/// Returns the ways to send a request: `true` for byte by byte, `false` for as a whole. A long request is sent only as
/// a whole.
fn ways(request: &[u8]) -> &'static [bool] {
    if request.len() < 4096 {
        &[false, true]
    } else {
        &[false]
    }
}

/// Returns whether the text begins with a status code, which distinguishes a status line from an `HTTP/1.1` in an error
/// message.
fn begins_with_a_status(text: &&str) -> bool {
    let status = text.get(..4).unwrap_or_default();
    status.ends_with(' ') && status[..3].parse::<u16>().is_ok()
}
