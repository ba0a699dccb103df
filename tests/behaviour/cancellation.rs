//! A client that disconnects is detected even while bytes that it sent are unread.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use onward::http;
use onward::http::Server;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::client::{Wire, get, serve, soon};

/// A timeout: far less time than the test would take if the disconnection were not detected, and more than the
/// detection takes on a busy machine.
const SOON: Duration = Duration::from_secs(8);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaving {
    /// The client closes its write side.
    Fin,
    /// The client closes both sides.
    Close,
    Reset,
}

/// A value that sends `dropped` on its channel when it is dropped.
struct OnDrop(tokio::sync::mpsc::UnboundedSender<&'static str>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        // The test may already have ended.
        let _ = self.0.send("dropped");
    }
}

/// Creates a server whose handlers never return. The channel receives `called` and `dropped`.
fn stuck() -> (Server, UnboundedReceiver<&'static str>) {
    let (events, received) = unbounded_channel();
    let events = Mutex::new(events);
    let server = http::create_server(move |req, mut res| {
        let events = events.lock().unwrap().clone();
        async move {
            if req.url.path() == "/streams" {
                res.write("the beginning");
            }
            let mut body = req.body;
            if req.url.path() == "/reads" {
                drop(body.next().await);
            }
            let on_drop = OnDrop(events.clone());
            events.send("called").unwrap();
            std::future::pending::<()>().await;
            drop((on_drop, body));
            res.end();
        }
    });
    (server, received)
}

/// Returns requests that are mostly unread while the handler runs. `unread` is the number of bytes of their bodies that
/// are sent.
fn requests(unread: usize) -> Vec<(&'static str, String)> {
    let unread = "x".repeat(unread);
    let head =
        |path: &str, framing| format!("POST {path} HTTP/1.1\r\nhost: a\r\n{framing}\r\n\r\n");
    let chunk = format!("{:x}\r\n{unread}", 1_000_000);
    let mut requests = Vec::new();
    for path in ["/", "/reads", "/streams"] {
        requests.push((path, head(path, "content-length: 1000000") + &unread));
        requests.push((path, head(path, "transfer-encoding: chunked") + &chunk));
        requests.push((path, get(path) + &get("/next").repeat(1000)));
    }
    requests
}

async fn is_dropped(received: &mut UnboundedReceiver<&'static str>, what: &str) {
    let begin = Instant::now();
    let end = soon(&format!("the end of {what}"), received.recv()).await;
    assert_eq!(end, Some("dropped"), "{what}");
    assert!(begin.elapsed() < SOON, "{what}");
}

/// Writes as much as the server accepts.
async fn send<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, request: &str) {
    let sending = stream.write_all(request.as_bytes());
    // The server reads ahead only up to a limit, so the rest might stay unsent.
    let _ = tokio::time::timeout(Duration::from_millis(50), sending).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disconnected_client_is_detected_while_bytes_are_unread() {
    let mut tests = tokio::task::JoinSet::new();
    for leaving in [Leaving::Fin, Leaving::Close, Leaving::Reset] {
        // The end of the stream is sent only after all earlier bytes, which must fit into the receive buffer.
        let unread = if leaving == Leaving::Reset {
            300_000
        } else {
            40_000
        };
        for (what, request) in requests(unread) {
            let what = format!("{what} {leaving:?} {:?}", &request[..70]);
            tests.spawn(async move {
                let (server, mut received) = stuck();
                let served = serve(server);
                let mut stream = TcpStream::connect(served.addr).await.unwrap();
                send(&mut stream, &request).await;
                assert_eq!(soon("the call", received.recv()).await, Some("called"));
                match leaving {
                    Leaving::Fin => stream.shutdown().await.unwrap(),
                    Leaving::Reset => stream.set_zero_linger().unwrap(),
                    Leaving::Close => {}
                }
                let kept = (leaving == Leaving::Fin).then_some(stream);
                is_dropped(&mut received, &what).await;
                drop(kept);
            });
        }
    }
    tests.join_all().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_disconnected_client_of_a_unix_socket_is_detected_while_bytes_are_unread() {
    let path = std::env::temp_dir().join(format!("onward-left-{}", std::process::id()));
    let (server, mut received) = stuck();
    // Without half-open connections, the end of the stream alone means that the client has disconnected.
    let server = server.allow_half_open(false);
    let listening = tokio::spawn(server.clone().listen(path.clone()));
    while !server.listening() {
        tokio::task::yield_now().await;
    }
    for (what, request) in requests(40_000) {
        let mut stream = tokio::net::UnixStream::connect(&path).await.unwrap();
        send(&mut stream, &request).await;
        assert_eq!(soon("the call", received.recv()).await, Some("called"));
        drop(stream);
        is_dropped(&mut received, what).await;
    }
    server.close();
    soon("the end of the server", listening)
        .await
        .unwrap()
        .unwrap();
}

/// All requests that were sent before the client closed its write side get their responses, regardless of their size.
#[tokio::test]
async fn a_client_that_closes_its_write_side_gets_all_responses() {
    let served = serve(http::create_server(|req, res| async move {
        tokio::task::yield_now().await;
        res.send(req.url.to_string())
    }));
    let mut wire = Wire::new(TcpStream::connect(served.addr).await.unwrap());
    let urls: Vec<String> = (0..2000).map(|n| format!("/{n}")).collect();
    let requests: String = urls.iter().map(|url| get(url)).collect();
    assert!(requests.len() > 2 * 16 * 1024, "more than is read ahead");
    wire.send(requests).await;
    wire.finish().await;
    for url in urls {
        assert_eq!(wire.response().await.text(), url);
    }
    assert!(wire.rest().await.is_empty());
}
