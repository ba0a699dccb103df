//! Limits and timeouts.

use std::time::Duration;

use onward::http::{self, ResponseOutcome, Server};
use onward::prelude::*;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::client::{Protocol, get, post};
use crate::frames::{self, DATA, END_HEADERS, END_STREAM, HEADERS, Raw, WINDOW_UPDATE, frame};
use crate::http1::Part;
use crate::over_both;
use crate::server::{Counter, Gate, serve, soon};

fn reader() -> Server {
    http::create_server(|req, res| async move {
        let body = req.body.bytes().await?;
        Ok::<_, Error>(res.send(body.len().to_string()))
    })
}

async fn a_body_that_is_too_long_is_a_413(protocol: Protocol) {
    let served = serve(reader().max_body_size(10));
    let mut client = served.connect(protocol).await;
    assert_eq!(client.send(post("/"), &[0; 10]).await.text(), "10");
    assert_eq!(client.send(post("/"), &[0; 11]).await.status, 413);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&post("/"), true).await;
    call.send(&[0; 11]).await;
    assert_eq!(call.answer().await.status, 413);
}

async fn too_many_headers_are_a_431(protocol: Protocol) {
    let errors = Counter::default();
    let count = errors.clone();
    let server = reader().max_headers(3);
    server.on(event::ClientError, move |error| {
        assert_eq!(error.kind(), http::ClientErrorKind::HeadTooLarge);
        count.add();
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let asked = get("/").header("x-a", "1").header("x-b", "2");
    assert_eq!(client.ask(asked.clone()).await.status, 200);
    let too_many = asked.header("x-c", "3").header("x-d", "4");
    assert_eq!(client.ask(too_many).await.status, 431);
    assert_eq!(errors.get(), 1);
}

async fn headers_that_are_too_large_are_a_431(protocol: Protocol) {
    let served = serve(reader().max_header_size(1000));
    let mut client = served.connect(protocol).await;
    let small = get("/").header("x-a", &"x".repeat(500));
    assert_eq!(client.ask(small).await.status, 200);
    let large = get("/").header("x-a", &"x".repeat(1100));
    assert_eq!(client.ask(large).await.status, 431);
}

async fn a_late_body_is_a_408(protocol: Protocol) {
    let served = serve(reader().request_timeout(Duration::from_millis(200)));
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&post("/"), true).await;
    call.send(b"some").await;
    assert_eq!(call.answer().await.status, 408);
}

async fn an_idle_connection_is_closed(protocol: Protocol) {
    let served = serve(reader().keep_alive_timeout(Duration::from_millis(100)));
    let mut client = served.connect(protocol).await;
    assert_eq!(client.ask(get("/")).await.status, 200);
    client.closed().await;
}

async fn a_silent_connection_is_closed(protocol: Protocol) {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            gate.pass().await;
            res.send("late")
        }
    });
    let server = server.idle_timeout(Duration::from_millis(200));
    let timeouts = Counter::default();
    let count = timeouts.clone();
    server.on(event::Connection, move |socket| {
        let count = count.clone();
        socket.on(event::Close, move |_| count.add());
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/"), false).await;
    gate.reached().await;
    assert!(call.head().await.is_none());
    timeouts.reaches(1).await;
}

/// Creates a server that responds with more than any buffer holds, and reports how its responses end.
fn endless() -> (Server, UnboundedReceiver<ResponseOutcome>) {
    let server = http::create_server(|req: Request, mut res: Response| async move {
        if req.url == "/small" {
            return Ok::<_, Error>(res.send("small"));
        }
        loop {
            res.write(vec![b'x'; 16 * 1024]).await?;
        }
    });
    let (sender, outcomes) = unbounded_channel();
    server.on(event::Finish, move |finished| {
        sender.send(finished.outcome).unwrap()
    });
    (server, outcomes)
}

async fn a_client_that_stops_reading_is_disconnected(protocol: Protocol) {
    let (server, mut outcomes) = endless();
    let served = serve(server.send_timeout(Duration::from_millis(200)));
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/"), false).await;
    assert_eq!(call.head().await.unwrap().status, 200);
    let outcome = soon("the end", outcomes.recv()).await.unwrap();
    assert_eq!(outcome, ResponseOutcome::ConnectionClosed);
    let truncated = loop {
        match call.part().await {
            Part::Data(_) => {}
            part => break matches!(part, Part::Truncated),
        }
    };
    assert!(truncated);
    while served.server.connections() > 0 {
        tokio::task::yield_now().await;
    }
}

/// The server binds the socket itself, so that it can limit the buffer of the operating system, which is megabytes by
/// default.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn little_is_buffered_for_a_client_that_does_not_read() {
    let (server, _outcomes) = endless();
    let server = server.send_timeout(Duration::from_millis(200));
    let finish = onward::events::once(&server, event::Finish);
    let listening = onward::events::once(&server, event::Listening);
    let running = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    let address = soon("the address", listening).await.unwrap();
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let addr = address.socket_addr().unwrap();
    let mut client = socket.connect(addr).await.unwrap();
    let request = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    client.write_all(request).await.unwrap();
    let finished = soon("the end", finish).await.unwrap();
    assert_eq!(finished.outcome, ResponseOutcome::ConnectionClosed);
    let buffered = finished.response_bytes;
    assert!(buffered < 512 * 1024, "{buffered} bytes");
    running.abort();
}

async fn a_handler_may_take_longer_than_the_send_timeout(protocol: Protocol) {
    let server = http::create_server(|_req, mut res| async move {
        for _ in 0..2 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            res.write("part").await?;
        }
        Ok::<_, Error>(res.end())
    });
    let served = serve(server.send_timeout(Duration::from_millis(20)));
    let mut client = served.connect(protocol).await;
    let answer = client.ask(get("/")).await;
    assert_eq!((answer.text(), answer.is_whole), ("partpart", true));
}

/// The client makes progress, but too little: a byte for each update of a window that is closed at first.
#[tokio::test]
async fn a_client_that_opens_its_window_byte_by_byte_is_disconnected() {
    let (server, mut outcomes) = endless();
    let served = serve(server.send_timeout(Duration::from_millis(300)));
    let mut raw = Raw::connect(served.addr, &frames::initial_window(0)).await;
    raw.send(&frame(HEADERS, END_HEADERS | END_STREAM, 1, frames::GET))
        .await;
    let mut received = 0;
    let outcome = loop {
        // The client waits this long between two updates, as an attacker would.
        let pause = Duration::from_millis(10);
        if let Ok(outcome) = tokio::time::timeout(pause, outcomes.recv()).await {
            break outcome.unwrap();
        }
        raw.send(&frame(WINDOW_UPDATE, 0, 1, &[0, 0, 0, 1])).await;
        while let Some(frame) = raw.frame().await {
            if frame.kind == DATA {
                received += frame.payload.len();
                break;
            }
        }
    };
    assert_eq!(outcome, ResponseOutcome::ConnectionClosed);
    assert!(received > 1, "{received} bytes");
}

/// With HTTP/2, a whole body is passed to hyper immediately, and waits there.
#[tokio::test]
async fn a_window_that_stays_closed_ends_the_connection() {
    for path in ["/small", "/"] {
        let (server, mut outcomes) = endless();
        let served = serve(server.send_timeout(Duration::from_millis(200)));
        let mut raw = Raw::connect(served.addr, &frames::initial_window(0)).await;
        let head = frames::head(0x82, path);
        raw.send(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &head))
            .await;
        let outcome = soon("the end", outcomes.recv()).await.unwrap();
        assert_eq!(outcome, ResponseOutcome::ConnectionClosed);
    }
}

async fn max_connections_holds(protocol: Protocol) {
    let server = reader().max_connections(1);
    let dropped = Counter::default();
    let count = dropped.clone();
    server.on(event::Drop, move |_| count.add());
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    assert_eq!(client.ask(get("/")).await.status, 200);
    let second = tokio::net::TcpStream::connect(served.addr).await.unwrap();
    dropped.reaches(1).await;
    drop(second);
    assert_eq!(client.ask(get("/")).await.status, 200);
    assert_eq!(served.server.connections(), 1);
}

async fn max_requests_per_socket_closes_a_connection(protocol: Protocol) {
    let served = serve(reader().max_requests_per_socket(2));
    let mut client = served.connect(protocol).await;
    for _ in 0..2 {
        assert_eq!(client.ask(get("/")).await.status, 200);
    }
    client.closed().await;
}

over_both!(
    a_body_that_is_too_long_is_a_413,
    too_many_headers_are_a_431,
    headers_that_are_too_large_are_a_431,
    a_late_body_is_a_408,
    an_idle_connection_is_closed,
    a_silent_connection_is_closed,
    a_client_that_stops_reading_is_disconnected,
    a_handler_may_take_longer_than_the_send_timeout,
    max_connections_holds,
    max_requests_per_socket_closes_a_connection,
);
