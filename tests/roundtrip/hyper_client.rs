//! hyper's client, with a new connection for each request.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::table::Seen;
use crate::without_connection;

pub(crate) async fn fetch(address: SocketAddr, method: &str, path: &str) -> Seen {
    let stream = TcpStream::connect(address)
        .await
        .expect("the server listens");
    let handshake = hyper::client::conn::http1::handshake(Stream(stream)).await;
    let (mut sender, connection) = handshake.expect("a new connection");
    let driving = tokio::spawn(connection);
    let request = Request::builder().method(method).uri(path);
    let request = request.header("host", address.to_string());
    let request = request.body(Empty::<Bytes>::new()).expect("a request");
    let response = sender.send_request(request).await.expect("a response");
    let (head, body) = response.into_parts();
    // Values of one name are joined, as in `fetch`.
    let mut headers = BTreeMap::<String, String>::new();
    for (name, value) in &head.headers {
        let value = value.to_str().expect("text");
        let joined = headers.entry(name.to_string()).or_default();
        if !joined.is_empty() {
            joined.push_str(", ");
        }
        joined.push_str(value);
    }
    let body = body.collect().await.ok();
    driving.abort();
    Seen {
        status: head.status.as_u16(),
        headers: without_connection(headers.into_iter().collect()),
        body: body.map(|it| String::from_utf8(it.to_bytes().to_vec()).expect("text")),
    }
}

struct Stream(TcpStream);

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut bytes = [0; 4096];
        let len = bytes.len().min(buf.remaining());
        let mut read = ReadBuf::new(&mut bytes[..len]);
        ready!(Pin::new(&mut self.0).poll_read(cx, &mut read))?;
        buf.put_slice(read.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
