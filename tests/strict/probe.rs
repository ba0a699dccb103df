//! Sends a request and tells what came of it.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A test that hangs should end. Nothing is decided by this time.
const HANGS: Duration = Duration::from_secs(10);

/// A request, and what it shows.
pub(crate) type Case<'a> = (&'a str, &'a [u8]);

/// A server that echoes bodies, and what its handler saw of them.
pub(crate) struct Probe {
    addr: std::net::SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

/// What came back.
#[derive(Debug)]
struct Answer {
    text: String,
    ended: bool,
}

impl Probe {
    pub(crate) fn new() -> Self {
        Self::of(|server| server)
    }

    /// With options.
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
        // A request that is taken by mistake should not be waited for.
        let server = server.keep_alive_timeout(Duration::from_millis(100));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        tokio::spawn(server.listen(listener));
        Self { addr, seen }
    }

    /// Heads that the handler never sees.
    pub(crate) async fn refuses(&self, statuses: &[u16], cases: &[Case<'_>]) {
        self.refuses_and_sees(statuses, cases, |seen| seen.is_empty())
            .await;
    }

    /// Bodies that the handler sees as an error.
    pub(crate) async fn refuses_bodies(&self, statuses: &[u16], cases: &[Case<'_>]) {
        let an_error = |seen: &[String]| matches!(seen, [one] if one.contains(" error 4"));
        self.refuses_and_sees(statuses, cases, an_error).await;
    }

    /// Beginnings of which nothing good can come: they are rejected before the line ends, and are not waited for.
    pub(crate) async fn refuses_early(&self, beginnings: &[&[u8]]) {
        for beginning in beginnings {
            for bytewise in [false, true] {
                let answer = self.ask(beginning, bytewise, false).await;
                let shown = beginning.escape_ascii();
                assert!(answer.refused(&[400]), "{shown}: {answer:?}");
                assert!(self.seen().is_empty(), "{shown}");
            }
        }
    }

    async fn refuses_and_sees(
        &self,
        statuses: &[u16],
        cases: &[Case<'_>],
        right: fn(&[String]) -> bool,
    ) {
        let mut wrong = String::new();
        for (what, request) in cases {
            let mut request = request.to_vec();
            // What a proxy in front may have taken for a request of its own.
            request.extend(b"GET /behind HTTP/1.1\r\nhost: a\r\n\r\n");
            for bytewise in ways(&request) {
                let answer = self.ask(&request, *bytewise, false).await;
                let seen = self.seen();
                if !answer.refused(statuses) || !right(&seen) {
                    let how = if *bytewise { "byte by byte" } else { "at once" };
                    let _ = writeln!(wrong, "{what}, {how}: {answer:?}, the handler saw {seen:?}");
                }
            }
        }
        assert!(wrong.is_empty(), "expected {statuses:?}\n{wrong}");
    }

    /// Requests that are answered with 200, and what the handler sees of them.
    pub(crate) async fn takes(&self, cases: &[(&str, &[u8], &str)]) {
        let mut wrong = String::new();
        for (what, request, expected) in cases {
            for bytewise in ways(request) {
                let answer = self.ask(request, *bytewise, true).await;
                let seen = self.seen();
                if !answer.text.starts_with("HTTP/1.1 200 ") || seen != [*expected] {
                    let _ = writeln!(wrong, "{what}: {answer:?}, the handler saw {seen:?}");
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }

    /// What the handler saw since it was last asked.
    pub(crate) fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    /// All that comes until the server ends the connection.
    async fn ask(&self, request: &[u8], bytewise: bool, finish: bool) -> Answer {
        let mut stream = TcpStream::connect(self.addr).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let parts = if bytewise { 1 } else { request.len() };
        for part in request.chunks(parts) {
            // The server need not take all of it.
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
            // A reset is an end too.
            while stream.read_buf(&mut bytes).await.is_ok_and(|read| read > 0) {}
        });
        let ended = read.await.is_ok();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { text, ended }
    }

    /// What comes in answer, for what fits no table.
    pub(crate) async fn exchange(&self, request: &[u8]) -> String {
        self.ask(request, false, true).await.text
    }

    /// All that comes in answer; the second part is sent when something has come for the first.
    pub(crate) async fn in_two_parts(&self, first: &[u8], second: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.addr).await.unwrap();
        stream.write_all(first).await.unwrap();
        let mut bytes = Vec::new();
        let waiting = timeout(HANGS, stream.read_buf(&mut bytes));
        waiting.await.expect("an answer to the first part").unwrap();
        stream.write_all(second).await.unwrap();
        stream.shutdown().await.unwrap();
        let rest = timeout(HANGS, stream.read_to_end(&mut bytes));
        rest.await.expect("the end").unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Answer {
    fn refused(&self, statuses: &[u16]) -> bool {
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

/// At once, and byte by byte unless that takes long.
fn ways(request: &[u8]) -> &'static [bool] {
    if request.len() < 4096 {
        &[false, true]
    } else {
        &[false]
    }
}

/// Not the `HTTP/1.1` in the text of an error.
fn begins_with_a_status(text: &&str) -> bool {
    let status = text.get(..4).unwrap_or_default();
    status.ends_with(' ') && status[..3].parse::<u16>().is_ok()
}
