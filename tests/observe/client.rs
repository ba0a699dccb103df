use std::net::SocketAddr;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::served::soon;

/// Sends bytes and returns all that the server sends until it closes the connection.
pub(crate) async fn send(addr: SocketAddr, bytes: impl AsRef<[u8]>) -> String {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    // The server may respond, and close the connection, before it has read everything.
    let _ = stream.write_all(bytes.as_ref()).await;
    let mut received = Vec::new();
    let _ = soon("the response", stream.read_to_end(&mut received)).await;
    String::from_utf8_lossy(&received).into_owned()
}

/// Returns a request that asks the server to close the connection after the response.
pub(crate) fn request(method: &str, target: &str, headers: &[(&str, &[u8])]) -> Vec<u8> {
    let mut request =
        format!("{method} {target} HTTP/1.1\r\nhost: shop.example:8080\r\n").into_bytes();
    for (name, value) in headers {
        request.extend(name.as_bytes());
        request.extend(b": ");
        request.extend(*value);
        request.extend(b"\r\n");
    }
    request.extend(b"connection: close\r\n\r\n");
    request
}

pub(crate) async fn get(addr: SocketAddr, target: &str) -> String {
    send(addr, request("GET", target, &[])).await
}

/// Sends a request over HTTP/2 and returns its status and its body.
pub(crate) async fn get_http2(
    addr: SocketAddr,
    method: &str,
    target: &str,
    headers: &[(&str, &[u8])],
) -> (u16, Bytes) {
    let stream = TcpStream::connect(addr).await.unwrap();
    let (mut requests, connection) = h2::client::handshake(stream).await.unwrap();
    let connection = tokio::spawn(connection);
    let mut request = http::Request::builder()
        .method(method)
        .uri(format!("http://shop.example:8080{target}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (response, _) = requests
        .send_request(request.body(()).unwrap(), true)
        .unwrap();
    let (head, mut body) = soon("a response", response).await.unwrap().into_parts();
    let mut received = Vec::new();
    while let Some(data) = soon("a part of the body", body.data()).await {
        received.extend(data.unwrap());
    }
    drop(requests);
    connection.abort();
    (head.status.as_u16(), received.into())
}
