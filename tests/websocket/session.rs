//! The WebSocket in a session: a stream, a sink, an emitter, senders.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_core::Stream;
use futures_sink::Sink;
use onward::http;
use onward::prelude::*;
use onward::websocket::{
    CloseFrame, Message, WebSocket, WebSocketError, WebSocketOptions, WebSocketSender, event,
    websocket,
};
use tokio::sync::mpsc::unbounded_channel;

use crate::client::{
    BINARY, CLOSE, Client, PING, PONG, TEXT, close_frame, closed, echo, frame, server,
};
use crate::served::{serve, soon};

#[tokio::test]
async fn a_socket_is_a_stream_and_a_sink() {
    let server = server(WebSocketOptions::new(), |mut socket| async move {
        while let Some(message) = poll_fn(|cx| Pin::new(&mut socket).poll_next(cx)).await {
            let message = message?;
            poll_fn(|cx| Pin::new(&mut socket).poll_ready(cx)).await?;
            Pin::new(&mut socket).start_send(message)?;
            poll_fn(|cx| Pin::new(&mut socket).poll_flush(cx)).await?;
        }
        Ok(())
    });
    let mut client = Client::in_memory(&server).await;
    client.text("hello").await;
    assert_eq!(client.receive().await, Some((TEXT, b"hello".to_vec())));
    client.send(frame(BINARY, &[1, 2])).await;
    assert_eq!(client.receive().await, Some((BINARY, vec![1, 2])));
}

#[tokio::test]
async fn a_socket_is_an_emitter_and_its_sender_replies_from_a_listener() {
    let (closes, mut closed) = unbounded_channel();
    let server = server(WebSocketOptions::new(), move |mut socket| {
        let (sender, closes) = (socket.sender(), closes.clone());
        socket.on(event::Message, move |message| {
            let text = message.as_text().unwrap().to_uppercase();
            sender.send(text).unwrap();
        });
        socket.on(event::Close, move |frame| {
            closes.send(frame.clone()).unwrap()
        });
        async move {
            socket.closed().await;
            Ok(())
        }
    });
    let mut client = Client::in_memory(&server).await;
    client.text("one").await;
    client.text("two").await;
    assert_eq!(client.receive().await, Some((TEXT, b"ONE".to_vec())));
    assert_eq!(client.receive().await, Some((TEXT, b"TWO".to_vec())));
    client.send(frame(CLOSE, b"\x0f\xa0bye")).await;
    assert_eq!(client.receive().await, Some((CLOSE, b"\x0f\xa0".to_vec())));
    assert_eq!(
        soon("the event", closed.recv()).await,
        Some(CloseFrame::new(4000, "bye"))
    );
}

#[tokio::test]
async fn a_sender_reaches_a_session_that_waits_for_something_else() {
    let senders = Arc::new(Mutex::new(Vec::<WebSocketSender>::new()));
    let all = Arc::clone(&senders);
    let server = server(WebSocketOptions::new(), move |socket| {
        all.lock().unwrap().push(socket.sender());
        async move {
            std::future::pending::<()>().await;
            drop(socket);
            Ok(())
        }
    });
    let mut clients = Vec::new();
    for _ in 0..3 {
        clients.push(Client::in_memory(&server).await);
    }
    // The sessions have begun once they respond.
    for client in &mut clients {
        client.send(frame(PING, b"x")).await;
        assert_eq!(client.receive().await, Some((PONG, b"x".to_vec())));
    }
    let message = Message::text("to all");
    let senders = senders.lock().unwrap().clone();
    for sender in &senders {
        sender.send(message.clone()).unwrap();
    }
    for client in &mut clients {
        assert_eq!(client.receive().await, Some((TEXT, b"to all".to_vec())));
    }
    senders[0].close(CloseFrame::new(4001, "removed"));
    assert_eq!(
        clients[0].receive().await,
        Some((CLOSE, b"\x0f\xa1removed".to_vec()))
    );
    assert_eq!(senders[0].send("late"), Err(WebSocketError::Closed));
}

/// The server handles the client's close frame even though the session does not read.
#[tokio::test]
async fn pings_and_close_frames_are_handled_while_the_session_does_not_read() {
    let (errors, mut error) = unbounded_channel();
    let server = server(WebSocketOptions::new(), move |mut socket| {
        let errors = errors.clone();
        async move {
            let failed = loop {
                if let Err(error) = socket.send("tick").await {
                    break error;
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            };
            errors.send(failed).unwrap();
            Ok(())
        }
    });
    let mut client = Client::in_memory(&server).await;
    client.send(frame(PING, b"x")).await;
    while client.receive().await.unwrap() != (PONG, b"x".to_vec()) {}
    client.send(close_frame(1000)).await;
    let frames = client.rest().await;
    assert_eq!(frames.last().and_then(closed), Some(1000));
    assert_eq!(
        soon("the error", error.recv()).await,
        Some(WebSocketError::Closed)
    );
}

#[tokio::test]
async fn a_socket_may_be_moved_to_another_task() {
    let server = server(WebSocketOptions::new(), |mut socket| async move {
        tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                socket.send(message).await.unwrap();
            }
        });
        Ok(())
    });
    let mut client = Client::in_memory(&server).await;
    for text in ["one", "two", "three"] {
        client.text(text).await;
        assert_eq!(client.receive().await, Some((TEXT, text.into())));
    }
    client.send(close_frame(1000)).await;
    assert_eq!(client.rest().await.last().and_then(closed), Some(1000));
}

#[tokio::test]
async fn awaited_messages_wait_for_a_client_that_does_not_read() {
    const MESSAGE: usize = 10_000;
    let (counts, mut count) = unbounded_channel();
    let server = server(WebSocketOptions::new(), move |mut socket| {
        let counts = counts.clone();
        async move {
            for sent in 0..1000 {
                socket.send(vec![0; MESSAGE]).await?;
                counts.send(sent).unwrap();
            }
            Ok(())
        }
    });
    let mut client = Client::in_memory(&server).await;
    let mut sent = 0;
    while let Ok(Some(next)) = tokio::time::timeout(Duration::from_millis(200), count.recv()).await
    {
        sent = next;
    }
    // The duplex stream holds 64 KiB, and another 64 KiB may be queued.
    assert!((8..30).contains(&sent), "{sent}");
    for _ in 0..1000 {
        assert_eq!(client.receive().await.unwrap().1.len(), MESSAGE);
    }
    assert_eq!(client.receive().await.as_ref().and_then(closed), Some(1000));
}

#[tokio::test]
async fn a_sender_fails_if_too_much_is_queued() {
    let (results, mut result) = unbounded_channel();
    let server = server(WebSocketOptions::new().max_unsent(100_000), move |socket| {
        let results = results.clone();
        async move {
            let sender = socket.sender();
            let sent = (0..1000)
                .take_while(|_| sender.send(vec![0; 10_000]).is_ok())
                .count();
            results.send((sent, sender.send("more"))).unwrap();
            Ok(())
        }
    });
    let _client = Client::in_memory(&server).await;
    let (sent, last) = soon("the result", result.recv()).await.unwrap();
    assert!((10..13).contains(&sent), "{sent}");
    assert_eq!(last, Err(WebSocketError::Unsent));
}

#[tokio::test]
async fn an_awaited_send_never_reaches_a_limit_below_the_usual_mark() {
    let server = server(
        WebSocketOptions::new().max_unsent(1000),
        |mut socket| async move {
            for _ in 0..100 {
                socket.send(vec![0; 500]).await?;
            }
            Ok(())
        },
    );
    let mut client = Client::in_memory(&server).await;
    for _ in 0..100 {
        assert_eq!(client.receive().await.unwrap().1.len(), 500);
    }
    assert_eq!(client.receive().await.as_ref().and_then(closed), Some(1000));
}

/// The server does not read ten megabytes of pings from a client that reads nothing, because it would have to store the
/// pongs.
#[tokio::test]
async fn pings_of_a_client_that_does_not_read_are_not_collected() {
    let server = echo(WebSocketOptions::new());
    let mut client = Client::in_memory(&server).await;
    let pings = frame(PING, &[b'x'; 125]).repeat(100);
    let sent = tokio::time::timeout(Duration::from_millis(500), async {
        let mut sent = 0;
        while sent < 10_000_000 {
            client.send(&pings).await;
            sent += pings.len();
        }
    });
    assert!(sent.await.is_err(), "all pings were received");
}

#[tokio::test]
async fn messages_of_one_poll_are_sent_together_and_in_order() {
    let server = echo(WebSocketOptions::new());
    let mut client = Client::in_memory(&server).await;
    let mut sent = Vec::new();
    for number in 0..500 {
        sent.extend(frame(TEXT, format!("{number}").as_bytes()));
    }
    client.send(sent).await;
    for number in 0..500 {
        assert_eq!(
            client.receive().await,
            Some((TEXT, format!("{number}").into_bytes()))
        );
    }
}

#[tokio::test]
async fn json_is_sent_and_received() {
    let server = server(WebSocketOptions::new(), |mut socket| async move {
        let numbers: Vec<u32> = socket.next().await.unwrap()?.to().unwrap();
        let sum: u32 = numbers.iter().sum();
        socket.send(Message::json(&sum).unwrap()).await
    });
    let mut client = Client::in_memory(&server).await;
    client.text("[1,2,3]").await;
    assert_eq!(client.receive().await, Some((TEXT, b"6".to_vec())));
}

#[tokio::test]
async fn an_error_and_a_panic_close_with_1011_and_are_reported() {
    async fn fails(mut socket: WebSocket) -> Result<(), std::io::Error> {
        let _ = socket.next().await;
        Err(std::io::Error::other("the disk is full"))
    }
    fn fail() {
        panic!("expected");
    }
    let (reports, mut report) = unbounded_channel();
    let server = http::create_server(|req, res| async move {
        match req.url.query::<bool>("panics")? {
            true => websocket(&req, res, |mut socket| async move {
                let _ = socket.next().await;
                fail();
            }),
            false => websocket(&req, res, fails),
        }
    });
    server.on(http::event::Error, move |error| {
        reports.send(error.to_string()).unwrap()
    });
    let served = serve(server);
    for (panics, expected) in [(false, "the disk is full"), (true, "expected")] {
        let stream = tokio::net::TcpStream::connect(served.addr).await.unwrap();
        let mut client = Client(stream);
        let request = crate::client::request(crate::client::HANDSHAKE);
        client
            .send(request.replace("/ws", &format!("/ws?panics={panics}")))
            .await;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(
                tokio::io::AsyncReadExt::read_u8(&mut client.0)
                    .await
                    .unwrap(),
            );
        }
        client.text("go").await;
        assert_eq!(client.receive().await.as_ref().and_then(closed), Some(1011));
        client.send(close_frame(1011)).await;
        drop(client);
        let reported = soon("the report", report.recv()).await.unwrap();
        assert!(reported.contains(expected), "{reported}");
    }
}
