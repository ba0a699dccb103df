//! The end of a WebSocket.

use std::time::Duration;

use onward::websocket::{CloseFrame, WebSocketError, WebSocketOptions, event};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::oneshot;

use crate::client::{
    CLOSE, Client, HANDSHAKE, PING, TEXT, close_frame, closed, echo, echo_session, frame, request,
    server,
};
use crate::served::{serve, soon};

#[tokio::test]
async fn a_session_that_returns_closes_with_1000() {
    let server = server(WebSocketOptions::new(), |mut socket| async move {
        socket.send("bye").await
    });
    let mut client = Client::in_memory(&server).await;
    assert_eq!(client.receive().await, Some((TEXT, b"bye".to_vec())));
    assert_eq!(client.receive().await.as_ref().and_then(closed), Some(1000));
    client.send(close_frame(1000)).await;
    assert_eq!(client.receive().await, None);
}

#[tokio::test]
async fn close_waits_for_the_client_and_discards_its_messages() {
    let (frames, mut frame_of) = unbounded_channel();
    let server = server(WebSocketOptions::new(), move |mut socket| {
        let frames = frames.clone();
        async move {
            let frame = socket.close(CloseFrame::new(4000, "é".repeat(100))).await;
            frames.send(frame).unwrap();
            assert_eq!(socket.send("late").await, Err(WebSocketError::Closed));
            Ok(())
        }
    });
    let mut client = Client::in_memory(&server).await;
    let (first, payload) = client.receive().await.unwrap();
    // There are 122 bytes of text instead of 123, because the last character would be split.
    assert_eq!((first, payload.len()), (CLOSE, 2 + 122));
    client.text("discarded").await;
    client.send(frame(CLOSE, b"\x0f\xa0ok")).await;
    assert_eq!(client.receive().await, None);
    assert_eq!(
        soon("the end", frame_of.recv()).await,
        Some(CloseFrame::new(4000, "ok"))
    );
}

#[tokio::test]
async fn a_client_that_does_not_close_its_side_is_disconnected() {
    let options = WebSocketOptions::new().close_timeout(Duration::from_millis(50));
    let (frames, mut frame_of) = unbounded_channel();
    let server = server(options, move |mut socket| {
        let frames = frames.clone();
        async move {
            frames
                .send(socket.close(CloseFrame::new(1000, "")).await)
                .unwrap();
            Ok(())
        }
    });
    let mut client = Client::in_memory(&server).await;
    let _ = client.receive().await;
    assert_eq!(client.receive().await, None);
    assert_eq!(soon("the end", frame_of.recv()).await.unwrap().code, 1006);
}

#[tokio::test]
async fn a_client_that_vanishes_ends_the_session() {
    let (closes, mut close) = unbounded_channel();
    let server = server(WebSocketOptions::new(), move |socket| {
        let closes = closes.clone();
        socket.on(event::Close, move |frame| closes.send(frame.code).unwrap());
        echo_session(socket)
    });
    let served = serve(server);
    for resets in [false, true] {
        let mut client = Client::connect(&served).await;
        client.text("hello").await;
        assert_eq!(client.receive().await, Some((TEXT, b"hello".to_vec())));
        // The frame is incomplete.
        client.send(&frame(TEXT, b"half")[..3]).await;
        if resets {
            client.0.set_zero_linger().unwrap();
        }
        drop(client);
        assert_eq!(soon("the event", close.recv()).await, Some(1006));
    }
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn a_silent_client_gets_a_ping_and_is_disconnected() {
    let options = WebSocketOptions::new()
        .ping_interval(Duration::from_millis(50))
        .close_timeout(Duration::from_millis(50));
    let (errors, mut error) = unbounded_channel();
    let server = server(options, move |mut socket| {
        let errors = errors.clone();
        async move {
            let failed = socket.next().await;
            errors.send(failed).unwrap();
            Ok(())
        }
    });
    let mut client = Client::in_memory(&server).await;
    assert_eq!(client.receive().await, Some((PING, Vec::new())));
    assert_eq!(client.receive().await, None);
    assert_eq!(
        soon("the error", error.recv()).await,
        Some(Some(Err(WebSocketError::Timeout)))
    );
}

#[tokio::test]
async fn a_client_that_responds_to_pings_stays_connected() {
    let options = WebSocketOptions::new().ping_interval(Duration::from_millis(20));
    let server = echo(options);
    let mut client = Client::in_memory(&server).await;
    for _ in 0..10 {
        assert_eq!(client.receive().await, Some((PING, Vec::new())));
        client.send(frame(crate::client::PONG, b"")).await;
    }
    client.text("still here").await;
    assert_eq!(client.receive().await, Some((TEXT, b"still here".to_vec())));
}

#[tokio::test]
async fn a_closing_server_closes_with_1001_and_waits_for_the_clients() {
    let served = serve(echo(WebSocketOptions::new()));
    let mut clients = Vec::new();
    for _ in 0..100 {
        let mut client = Client::connect(&served).await;
        client.text("hello").await;
        assert_eq!(client.receive().await, Some((TEXT, b"hello".to_vec())));
        clients.push(client);
    }
    served.server.close();
    for client in &mut clients {
        assert_eq!(client.receive().await.as_ref().and_then(closed), Some(1001));
        assert!(served.server.connections() > 0);
        client.send(close_frame(1001)).await;
        assert_eq!(client.receive().await, None);
    }
    served.closed().await;
}

#[tokio::test]
async fn a_closing_server_does_not_wait_longer_than_its_deadline() {
    let (stop, stopped) = oneshot::channel::<()>();
    let (dropped, mut drops) = unbounded_channel();
    let server = server(WebSocketOptions::new(), move |socket| {
        let dropped = dropped.clone();
        async move {
            // The session neither reads nor returns, so only the deadline drops it.
            let _guard = Guard(dropped);
            std::future::pending::<()>().await;
            drop(socket);
            Ok(())
        }
    });
    let served = serve(server.close_on(stopped, Duration::from_millis(100)));
    let mut client = Client::connect(&served).await;
    client.send(frame(PING, b"")).await;
    let _ = client.receive().await;
    stop.send(()).unwrap();
    assert_eq!(client.receive().await.as_ref().and_then(closed), Some(1001));
    served.closed().await;
    assert!(soon("the drop", drops.recv()).await.is_some());
}

struct Guard(tokio::sync::mpsc::UnboundedSender<()>);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[tokio::test]
async fn a_handshake_with_a_closing_server_is_closed_with_1001() {
    let served = serve(echo(WebSocketOptions::new()));
    let mut stream = TcpStream::connect(served.addr).await.unwrap();
    let handshake = request(HANDSHAKE);
    let (first, second) = handshake.split_at(20);
    stream.write_all(first.as_bytes()).await.unwrap();
    while served.server.connections() == 0 {
        tokio::task::yield_now().await;
    }
    served.server.close();
    stream.write_all(second.as_bytes()).await.unwrap();
    let mut client = Client(stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(
            soon(
                "the response",
                tokio::io::AsyncReadExt::read_u8(&mut client.0),
            )
            .await
            .unwrap(),
        );
    }
    assert!(head.starts_with(b"HTTP/1.1 101 "));
    assert_eq!(client.receive().await.as_ref().and_then(closed), Some(1001));
    client.send(close_frame(1001)).await;
    served.closed().await;
}
