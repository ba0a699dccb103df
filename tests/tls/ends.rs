//! The end of connections.

use onward::http;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc::unbounded_channel;

use crate::{REQUEST, Site, serve, soon};

/// A value that reports when it is dropped.
struct Guard(tokio::sync::mpsc::UnboundedSender<&'static str>);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.send("dropped");
    }
}

#[tokio::test]
async fn a_disconnected_client_is_detected_while_bytes_are_unread() {
    let site = Site::new();
    let (sender, mut events) = unbounded_channel();
    let server = http::create_server(move |_req, res| {
        let guard = Guard(sender.clone());
        async move {
            let _ = guard.0.send("waits");
            std::future::pending::<()>().await;
            res.send("never")
        }
    });
    let served = serve(server.allow_half_open(false).tls(site.tls.clone()));
    let client = site.authority.client(None, &[]);
    let mut stream = client.connect(served.addr, "a.example").await.unwrap();
    let head = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n";
    stream.write_all(head).await.unwrap();
    stream.write_all(&vec![0; 200_000]).await.unwrap();
    stream.flush().await.unwrap();
    assert_eq!(soon("the handler", events.recv()).await, Some("waits"));
    drop(stream);
    assert_eq!(soon("the drop", events.recv()).await, Some("dropped"));
}

#[tokio::test]
async fn the_end_of_a_connection_is_announced() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let client = site.authority.client(None, &[]);
    let mut stream = client.connect(served.addr, "a.example").await.unwrap();
    stream.write_all(REQUEST).await.unwrap();
    let mut response = Vec::new();
    // Without a `close_notify` alert, reading ends with an error.
    let read = stream.read_to_end(&mut response);
    soon("the response", read).await.unwrap();
}

#[tokio::test]
async fn a_client_may_close_the_connection_without_ending_tls() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let (sender, mut closed) = unbounded_channel();
    served.server.on(event::Connection, move |socket| {
        let sender = sender.clone();
        socket.on(event::Close, move |&had_error| {
            sender.send(had_error).unwrap()
        });
    });
    let client = site.authority.client(None, &[]);
    let stream = client.connect(served.addr, "a.example").await.unwrap();
    // The TCP stream ends without a `close_notify` alert.
    drop(stream.into_inner().0);
    assert_eq!(soon("the end", closed.recv()).await, Some(false));
}

#[tokio::test]
async fn a_closing_server_finishes_requests() {
    let site = Site::new();
    let (sender, mut waiting) = unbounded_channel();
    let open = std::sync::Arc::new(tokio::sync::Notify::new());
    let gate = open.clone();
    let server = http::create_server(move |_req, res| {
        sender.send(()).unwrap();
        let gate = gate.clone();
        async move {
            gate.notified().await;
            res.send("finished")
        }
    });
    let served = serve(server.tls(site.tls.clone()));
    let client = site.authority.client(None, &[]);
    let mut stream = client.connect(served.addr, "a.example").await.unwrap();
    let requesting = tokio::spawn(async move { crate::exchange(&mut stream).await });
    soon("the handler", waiting.recv()).await.unwrap();
    served.server.close();
    open.notify_one();
    let response = requesting.await.unwrap().unwrap();
    assert!(response.ends_with("finished"), "{response}");
    served.closed().await;
}
