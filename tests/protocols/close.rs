//! Closing a server.

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{Protocol, get};
use crate::frames::{self, END_HEADERS, END_STREAM, GOAWAY, HEADERS, Raw, frame};
use crate::over_both;
use crate::server::{Counter, Gate, serve};

fn gated(gate: &Gate) -> Server {
    let inside = gate.clone();
    http::create_server(move |req, mut res| {
        let gate = inside.clone();
        async move {
            if req.url == "/begun" {
                res.write("some ").await?;
            }
            if req.url != "/" {
                gate.pass().await;
            }
            Ok::<_, Error>(match req.url.path() {
                "/long" => res.send(vec![b'x'; 5_000_000]),
                "/begun" => res.end_with("more"),
                _ => res.send("hello"),
            })
        }
    })
}

async fn closing_lets_a_request_finish(protocol: Protocol) {
    for path in ["/gated", "/begun", "/long"] {
        let gate = Gate::default();
        let served = serve(gated(&gate));
        let mut client = served.connect(protocol).await;
        let mut call = client.open(&get(path), false).await;
        gate.reached().await;
        served.server.close();
        gate.open();
        let answer = call.answer().await;
        assert_eq!((answer.status, answer.is_whole), (200, true), "{path}");
        if path == "/long" {
            assert_eq!(answer.body.len(), 5_000_000);
        }
        drop(call);
        client.closed().await;
        served.closed().await;
    }
}

async fn closing_ends_idle_connections(protocol: Protocol) {
    let gate = Gate::default();
    let served = serve(gated(&gate));
    let mut client = served.connect(protocol).await;
    assert_eq!(client.ask(get("/")).await.text(), "hello");
    served.server.close();
    client.closed().await;
    served.closed().await;
}

async fn idle_connections_are_closed_and_busy_ones_are_not(protocol: Protocol) {
    let gate = Gate::default();
    let served = serve(gated(&gate));
    let mut idle = served.connect(protocol).await;
    assert_eq!(idle.ask(get("/")).await.text(), "hello");
    let mut busy = served.connect(protocol).await;
    let mut call = busy.open(&get("/gated"), false).await;
    gate.reached().await;
    served.server.close_idle_connections();
    idle.closed().await;
    gate.open();
    assert_eq!(call.answer().await.text(), "hello");
    drop(call);
    assert_eq!(busy.ask(get("/")).await.text(), "hello");
}

async fn all_connections_are_aborted(protocol: Protocol) {
    let gate = Gate::default();
    let server = gated(&gate);
    let closed = Counter::default();
    let count = closed.clone();
    server.on(event::Connection, move |socket| {
        let count = count.clone();
        socket.on(event::Close, move |_| count.add());
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/gated"), false).await;
    gate.reached().await;
    served.server.close_all_connections();
    assert!(call.head().await.is_none());
    closed.reaches(1).await;
}

async fn a_destroyed_socket_ends_its_requests(protocol: Protocol) {
    let dropped = Counter::default();
    let inside = dropped.clone();
    let server = http::create_server(move |req: Request, _res| {
        let dropped = inside.clone();
        async move {
            let _guard = dropped.on_drop();
            req.socket.destroy();
            std::future::pending::<()>().await;
        }
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/"), false).await;
    assert!(call.head().await.is_none());
    dropped.reaches(1).await;
}

async fn a_stream_from_elsewhere_is_served(protocol: Protocol) {
    let server = http::create_server(|req, res| async move {
        res.send(format!("{:?} from {}", req.version, req.socket.remote_addr))
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let serving = server.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let from: std::net::SocketAddr = ([10, 0, 0, 7], 1).into();
            serving.serve_from(stream, from).unwrap();
        }
    });
    let mut client = crate::client::Client::connect_without_tls(addr, protocol).await;
    let answer = client.ask(get("/")).await;
    assert!(answer.text().ends_with("from 10.0.0.7:1"), "{answer:?}");
    server.close();
    client.closed().await;
}

over_both!(
    closing_lets_a_request_finish,
    closing_ends_idle_connections,
    idle_connections_are_closed_and_busy_ones_are_not,
    all_connections_are_aborted,
    a_destroyed_socket_ends_its_requests,
    a_stream_from_elsewhere_is_served,
);

#[tokio::test]
async fn closing_does_not_wait_for_a_client_that_acknowledges_nothing() {
    let gate = Gate::default();
    let served = serve(gated(&gate));
    let mut raw = Raw::connect(served.addr, &[]).await;
    let flags = END_HEADERS | END_STREAM;
    raw.send(&frame(HEADERS, flags, 1, frames::GET)).await;
    raw.next(HEADERS).await;
    served.server.close();
    raw.next(GOAWAY).await;
    while raw.frame().await.is_some() {}
    drop(raw);
    served.closed().await;
}

#[tokio::test]
async fn late_streams_of_a_closing_connection_are_refused() {
    let gate = Gate::default();
    let served = serve(gated(&gate).max_requests_per_socket(1));
    let mut raw = Raw::connect(served.addr, &[]).await;
    let flags = END_HEADERS | END_STREAM;
    let both = [
        frame(HEADERS, flags, 1, frames::GET),
        frame(HEADERS, flags, 3, frames::GET),
    ];
    raw.send(&both.concat()).await;
    let refused = raw.next(frames::RST_STREAM).await;
    assert_eq!((refused.stream, refused.payload[3]), (3, 7));
}
