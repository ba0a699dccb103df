//! Clients that vanish, or close only one direction of their connection.

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{get, request, send};
use crate::proxy::{End, Fault, NONE, Proxy};
use crate::server::Running;

const CLIENTS: usize = 500;

#[tokio::test]
#[ignore = "takes ten seconds"]
async fn that_vanish() {
    let server = Running::start("");
    let before = server.counts().await;
    // Some vanish before they receive anything, others during a response.
    let mut proxies = Vec::new();
    for bytes in [0, 100, 50_000] {
        let end = Some((bytes, End::Vanish));
        proxies.push(Proxy::start(server.addr, Fault { end, ..NONE }).await);
    }
    let mut streams = Vec::new();
    for number in 0..CLIENTS {
        let mut stream = TcpStream::connect(proxies[number % 3].addr).await.unwrap();
        stream.write_all(&request("/large")).await.unwrap();
        streams.push(stream);
    }
    println!("{CLIENTS} clients: {:?} at most", server.counts().await);
    assert_eq!(get(server.addr, "/").await.unwrap(), "hello");
    server.returns_to(before).await;
}

#[tokio::test]
#[ignore = "takes ten seconds"]
async fn that_are_half_open() {
    let server = Running::start("");
    let before = server.counts().await;
    let clients = (0..CLIENTS).map(|number| async move {
        let mut stream = TcpStream::connect(server.addr).await.unwrap();
        match number % 3 {
            // This client sends a whole request and closes its write side: it gets its response.
            0 => {
                stream.write_all(&request("/slow")).await.unwrap();
                stream.shutdown().await.unwrap();
                let mut response = Vec::new();
                stream.read_to_end(&mut response).await.unwrap();
                assert!(response.ends_with(b"slow"));
                return (1, stream);
            }
            // This client sends half of a request and closes its write side.
            1 => {
                stream.write_all(b"GET / HTTP/1.1\r\nho").await.unwrap();
                stream.shutdown().await.unwrap();
            }
            // This client sends half of a request, and then nothing.
            _ => stream.write_all(b"POST / HTTP/1.1\r\nho").await.unwrap(),
        }
        (0, stream)
    });
    let clients = join_all(clients).await;
    let responses: usize = clients.iter().map(|(responses, _)| responses).sum();
    println!(
        "{responses} of {} whole requests got their response",
        CLIENTS.div_ceil(3)
    );
    assert_eq!(responses, CLIENTS.div_ceil(3));
    // The clients still hold their streams, so the counts return only because the server closes its side.
    server.returns_to(before).await;
    let mut stream = TcpStream::connect(server.addr).await.unwrap();
    send(&mut stream, &request("/")).await.unwrap();
}
