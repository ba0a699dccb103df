use std::net::SocketAddr;
use std::time::Duration;

use onward::http::HeaderMap;
use onward::http::{HeaderName, HeaderValue};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The time after which a test counts as hung. No result depends on it.
const HANGS: Duration = Duration::from_secs(20);

pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(HANGS, future).await {
        Ok(value) => value,
        Err(_) => panic!("timed out waiting for {what}"),
    }
}

#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Whether the body is complete.
    pub(crate) is_whole: bool,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// A connection for one request.
pub(crate) struct Call {
    pub(crate) stream: TcpStream,
    received: Vec<u8>,
    is_head: bool,
}

impl Call {
    /// Sends the head of a request and the bytes after it.
    pub(crate) async fn open(addr: SocketAddr, head: &str, body: &[u8]) -> Self {
        let mut stream = TcpStream::connect(addr).await.unwrap();
        let head = format!("{head}\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        Self {
            stream,
            received: Vec::new(),
            is_head: head.starts_with("HEAD"),
        }
    }

    /// Sends a request for another protocol.
    pub(crate) async fn upgrade(addr: SocketAddr, head: &str) -> Self {
        let mut stream = TcpStream::connect(addr).await.unwrap();
        let head = format!("{head}\r\nhost: a\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        Self {
            stream,
            received: Vec::new(),
            is_head: false,
        }
    }

    /// Reads until `text` has been received.
    pub(crate) async fn until(&mut self, text: &str) {
        let found = |bytes: &[u8]| bytes.windows(text.len()).any(|it| it == text.as_bytes());
        while !found(&self.received) {
            let read = self.stream.read_buf(&mut self.received);
            let read = soon(text, read).await.unwrap();
            assert!(read > 0, "{}", String::from_utf8_lossy(&self.received));
        }
    }

    pub(crate) async fn answer(mut self) -> Answer {
        let end = self.stream.read_to_end(&mut self.received);
        soon("the response", end).await.unwrap();
        let received = &self.received;
        if received.is_empty() {
            // The connection was closed before a head was sent.
            return Answer::default();
        }
        let end = received
            .windows(4)
            .position(|it| it == b"\r\n\r\n")
            .unwrap();
        let head = str::from_utf8(&received[..end]).unwrap();
        let mut headers = HeaderMap::new();
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ").unwrap();
            let name = HeaderName::try_from(name).unwrap();
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        let rest = &received[end + 4..];
        let (body, is_whole) = match headers.get("content-length") {
            _ if self.is_head => (Vec::new(), rest.is_empty()),
            Some(length) => {
                let length: usize = length.to_str().unwrap().parse().unwrap();
                (rest.to_vec(), rest.len() == length)
            }
            None if headers.contains_key("transfer-encoding") => chunks(rest),
            None => (rest.to_vec(), true),
        };
        Answer {
            status: head[9..12].parse().unwrap(),
            headers,
            body,
            is_whole,
        }
    }
}

fn chunks(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|it| it == b"\r\n") {
        let size = usize::from_str_radix(str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        let data = &rest[end + 2..];
        if size == 0 || data.len() < size + 2 {
            return (body, size == 0);
        }
        body.extend(&data[..size]);
        rest = &data[size + 2..];
    }
    (body, false)
}

pub(crate) async fn ask(addr: SocketAddr, head: &str) -> Answer {
    Call::open(addr, head, &[]).await.answer().await
}

pub(crate) async fn get(addr: SocketAddr, path: &str) -> Answer {
    ask(addr, &format!("GET {path} HTTP/1.1")).await
}

/// Encodes the bytes of a request body as one chunk.
pub(crate) fn chunked(body: &[u8]) -> Vec<u8> {
    let size = format!("{:x}\r\n", body.len());
    [size.as_bytes(), body, b"\r\n0\r\n\r\n"].concat()
}
