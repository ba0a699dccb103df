//! A client that sends text and reads one response to its end.

use std::net::SocketAddr;

use onward::http::{self, HandlerOutput, Request, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::served::{serve, soon};

/// A response as received.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: u16,
    /// The headers, with lowercase names.
    headers: Vec<(String, String)>,
    /// The body, without a transfer coding.
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no head: {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap()[9..12].parse().unwrap();
        let headers = lines.map(|line| line.split_once(':').unwrap());
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
        let mut received = Self {
            status,
            headers: headers.collect(),
            body: bytes[end + 4..].to_vec(),
        };
        if received.header("transfer-encoding") == Some("chunked") {
            received.body = dechunked(&received.body);
        }
        received
    }

    /// Returns all values of a header.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(other, _)| other == name);
        named.map(|(_, value)| &**value).collect()
    }

    /// Returns the only value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let all = self.all(name);
        assert!(all.len() <= 1, "{name}: {all:?}");
        all.first().copied()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

fn dechunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|it| it == b"\r\n").unwrap();
        let size = usize::from_str_radix(str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
    }
}

/// Returns the bytes of a request with `connection: close`. `lines` consists of the request line without its version,
/// and of headers.
pub(crate) fn request(lines: &[&str], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{} HTTP/1.1\r\n", lines[0]);
    if !lines.iter().any(|line| line.starts_with("host:")) {
        text += "host: shop.example\r\n";
    }
    for line in &lines[1..] {
        text += &format!("{line}\r\n");
    }
    if !body.is_empty() {
        text += &format!("content-length: {}\r\n", body.len());
    }
    text += "connection: close\r\n\r\n";
    [text.as_bytes(), body].concat()
}

/// Sends a request on a new connection and returns all bytes until it is closed.
pub(crate) async fn exchange(addr: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut bytes = Vec::new();
    soon("the response", stream.read_to_end(&mut bytes))
        .await
        .unwrap();
    bytes
}

/// Serves a handler for one request, and returns the response.
pub(crate) async fn once<H, F>(handler: H, lines: &[&str]) -> Received
where
    H: Fn(Request, Response) -> F + Send + Sync + 'static,
    F: Future<Output: HandlerOutput> + Send + 'static,
{
    let served = serve(http::create_server(handler));
    let received = Received::parse(&exchange(served.addr, &request(lines, b"")).await);
    served.server.close();
    served.closed().await;
    received
}
