//! WebSockets over HTTP/2 (RFC 8441).

use std::time::Duration;

use bytes::Bytes;
use h2::client::SendRequest;
use h2::ext::Protocol;
use h2::{RecvStream, SendStream};
use http::{Method, Request, StatusCode};
use onward::http::{Server, event};
use onward::websocket::WebSocketOptions;
use tokio::sync::mpsc::unbounded_channel;

use crate::client::{TEXT, close_frame, echo, frame};
use crate::served::soon;

async fn connect(server: &Server) -> SendRequest<Bytes> {
    let (client, stream) = tokio::io::duplex(64 * 1024);
    server.serve(stream).unwrap();
    let (mut sender, connection) = h2::client::handshake(client).await.unwrap();
    tokio::spawn(connection);
    // The server's settings state whether extended CONNECT is supported.
    while !sender.is_extended_connect_protocol_enabled() {
        tokio::task::yield_now().await;
        sender = soon("the settings", sender.ready()).await.unwrap();
    }
    sender
}

fn request(protocol: &'static str, version: &str) -> Request<()> {
    Request::builder()
        .method(Method::CONNECT)
        .uri("http://a/ws")
        .extension(Protocol::from_static(protocol))
        .header("sec-websocket-version", version)
        .body(())
        .unwrap()
}

async fn open(sender: &mut SendRequest<Bytes>) -> (SendStream<Bytes>, RecvStream) {
    let (response, stream) = sender
        .send_request(request("websocket", "13"), false)
        .unwrap();
    let response = soon("the response", response).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key("upgrade"));
    assert!(!response.headers().contains_key("sec-websocket-accept"));
    (stream, response.into_body())
}

async fn read(body: &mut RecvStream, len: usize) -> Vec<u8> {
    let mut received = Vec::new();
    while received.len() < len {
        let data = soon("data", body.data()).await.unwrap().unwrap();
        body.flow_control().release_capacity(data.len()).unwrap();
        received.extend(data);
    }
    received
}

#[tokio::test]
async fn streams_of_one_connection_are_websockets() {
    let server = echo(WebSocketOptions::new());
    let mut sender = connect(&server).await;
    let (mut first, mut from_first) = open(&mut sender).await;
    let (mut second, mut from_second) = open(&mut sender).await;
    first.send_data(frame(TEXT, b"one").into(), false).unwrap();
    second.send_data(frame(TEXT, b"two").into(), false).unwrap();
    assert_eq!(read(&mut from_second, 5).await, b"\x81\x03two");
    assert_eq!(read(&mut from_first, 5).await, b"\x81\x03one");
    first.send_data(close_frame(1000).into(), true).unwrap();
    assert_eq!(read(&mut from_first, 4).await, b"\x88\x02\x03\xe8");
    while let Some(data) = soon("the end", from_first.data()).await {
        assert_eq!(data.unwrap(), "");
    }
    second
        .send_data(frame(TEXT, b"still").into(), false)
        .unwrap();
    assert_eq!(read(&mut from_second, 7).await, b"\x81\x05still");
}

#[tokio::test]
async fn other_requests_are_rejected() {
    let server = echo(WebSocketOptions::new());
    let mut sender = connect(&server).await;
    let plain = Request::get("http://a/ws").body(()).unwrap();
    for (request, status) in [
        (plain, 426),
        (request("websocket", "12"), 426),
        (request("other", "13"), 426),
    ] {
        let (response, _) = sender.send_request(request, true).unwrap();
        let response = soon("the response", response).await.unwrap();
        assert_eq!(response.status(), status);
    }
}

/// A client that opens a stream for a WebSocket would read the body of a 200 as frames.
#[tokio::test]
async fn a_route_without_a_websocket_does_not_open_one() {
    let server = onward::http::create_server(|_req, res| async move { res.send("hello") });
    let mut sender = connect(&server).await;
    let (response, _) = sender
        .send_request(request("websocket", "13"), true)
        .unwrap();
    let response = soon("the response", response).await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
}

#[tokio::test]
async fn a_panic_is_reported_and_ends_only_its_stream() {
    let server = onward::http::create_server(|req, res| async move {
        let early = req.url.path() == "/early";
        res.switch_protocols("other", move |_stream| {
            assert!(!early, "expected early");
            async { panic!("expected late") }
        })
    });
    let (errors, mut error) = unbounded_channel();
    server.on(event::Error, move |error| {
        errors.send(error.to_string()).unwrap()
    });
    let mut sender = connect(&server).await;
    for path in ["early", "late"] {
        let mut request = request("other", "13");
        *request.uri_mut() = format!("http://a/{path}").parse().unwrap();
        let (response, _stream) = sender.send_request(request, false).unwrap();
        let response = soon("the response", response).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let error = soon("the error", error.recv()).await.unwrap();
        assert!(error.contains(&format!("expected {path}")), "{error}");
        let mut body = response.into_body();
        while let Some(data) = soon("the end", body.data()).await {
            assert_eq!(data.unwrap(), "");
        }
    }
}

#[tokio::test]
async fn a_closing_server_closes_with_1001() {
    let server = echo(WebSocketOptions::new());
    let mut sender = connect(&server).await;
    let (mut stream, mut body) = open(&mut sender).await;
    stream.send_data(frame(TEXT, b"one").into(), false).unwrap();
    read(&mut body, 5).await;
    server.close();
    let received = read(&mut body, 4).await;
    assert_eq!(
        (received[0], &received[2..4]),
        (0x88, &1001u16.to_be_bytes()[..])
    );
    stream.send_data(close_frame(1001).into(), true).unwrap();
    drop((stream, body, sender));
    soon("the end", server.closed()).await;
}

#[tokio::test]
async fn a_deadline_ends_a_websocket() {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = crate::client::server(WebSocketOptions::new(), |socket| async move {
        std::future::pending::<()>().await;
        drop(socket);
        Ok(())
    });
    let served = crate::served::serve(server.close_on(stopped, Duration::from_millis(100)));
    let mut sender = connect(&served.server).await;
    let (_stream, _body) = open(&mut sender).await;
    stop.send(()).unwrap();
    served.closed().await;
}
