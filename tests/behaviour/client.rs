use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) use crate::served::{Served, serve, soon};

impl Served {
    pub(crate) async fn connect(&self) -> Wire {
        Wire::new(TcpStream::connect(self.addr).await.unwrap())
    }

    /// Sends a request on a new connection and returns the response.
    pub(crate) async fn ask(&self, request: &str) -> RawResponse {
        let mut wire = self.connect().await;
        wire.send(request).await;
        wire.response().await
    }

    pub(crate) async fn get(&self, url: &str) -> RawResponse {
        self.ask(&get(url)).await
    }
}

pub(crate) fn get(url: &str) -> String {
    format!("GET {url} HTTP/1.1\r\nhost: a\r\n\r\n")
}

pub(crate) fn post(url: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {url} HTTP/1.1\r\nhost: a\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// A client connection that sends and receives raw bytes.
pub(crate) struct Wire<S = TcpStream> {
    stream: S,
    /// The bytes that were received.
    ahead: Vec<u8>,
    /// The number of received bytes that were consumed.
    taken: usize,
}

/// A response as received.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// Whether the body is complete.
    pub(crate) whole: bool,
}

impl RawResponse {
    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub(crate) fn detail(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json")
        );
        let problem: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem["status"], self.status);
        problem["detail"].as_str().unwrap_or_default().to_owned()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            ahead: Vec::new(),
            taken: 0,
        }
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Closes the write side.
    pub(crate) async fn finish(&mut self) {
        self.stream.shutdown().await.unwrap();
    }

    /// Receives some bytes, or none at the end. A reset counts as the end.
    async fn more(&mut self) -> usize {
        self.ahead.drain(..std::mem::take(&mut self.taken));
        soon("a response", self.stream.read_buf(&mut self.ahead))
            .await
            .unwrap_or(0)
    }

    /// Returns the bytes that were received but not consumed.
    fn ahead(&self) -> &[u8] {
        &self.ahead[self.taken..]
    }

    fn take(&mut self, bytes: usize) -> Vec<u8> {
        let taken = self.ahead()[..bytes].to_vec();
        self.taken += bytes;
        taken
    }

    /// Reads `bytes` bytes of a body.
    pub(crate) async fn read(&mut self, bytes: usize) -> Vec<u8> {
        while self.ahead().len() < bytes {
            assert_ne!(self.more().await, 0, "the response is truncated");
        }
        self.take(bytes)
    }

    /// Reads up to and including `end`.
    async fn until(&mut self, end: &[u8]) -> Option<Vec<u8>> {
        loop {
            let at = self
                .ahead()
                .windows(end.len())
                .position(|window| window == end);
            if let Some(at) = at {
                return Some(self.take(at + end.len()));
            }
            if self.more().await == 0 {
                return None;
            }
        }
    }

    pub(crate) async fn head(&mut self) -> RawResponse {
        let head = self.until(b"\r\n\r\n").await.expect("a response");
        let head = String::from_utf8(head).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        RawResponse {
            status,
            head,
            body: Vec::new(),
            whole: false,
        }
    }

    pub(crate) async fn response(&mut self) -> RawResponse {
        let mut response = self.head().await;
        let length = response.header("content-length").map(str::parse::<usize>);
        if response.header("transfer-encoding") == Some("chunked") {
            while let Some(chunk) = self.chunk().await {
                if chunk.is_empty() {
                    response.whole = true;
                    break;
                }
                response.body.extend(chunk);
            }
        } else if let Some(length) = length {
            response.body = self.read(length.unwrap()).await;
            response.whole = true;
        } else if !matches!(response.status, 204 | 304) {
            response.body = self.rest().await;
            response.whole = true;
        }
        response
    }

    /// Reads the next chunk. An empty one is the last; returns `None` if the body is truncated.
    pub(crate) async fn chunk(&mut self) -> Option<Vec<u8>> {
        let size = self.until(b"\r\n").await?;
        let size = str::from_utf8(&size).unwrap().trim();
        let size = usize::from_str_radix(size, 16).unwrap();
        let mut chunk = self.read(size + 2).await;
        chunk.truncate(size);
        Some(chunk)
    }

    /// Returns the text after `mark`, up to the next empty line.
    pub(crate) async fn after(&mut self, mark: &str) -> String {
        self.until(mark.as_bytes()).await.expect("the mark");
        let mut after = String::new();
        while !after.ends_with("\r\n\r\n") && after != "\r\n" {
            let line = self.until(b"\r\n").await.expect("a line");
            after.push_str(str::from_utf8(&line).unwrap());
        }
        after
    }

    /// Reads all bytes until the server closes the connection. Returns them, and whether the connection was reset.
    pub(crate) async fn end(&mut self) -> (Vec<u8>, bool) {
        let rest = loop {
            match soon("the end", self.stream.read_buf(&mut self.ahead)).await {
                Ok(0) => break false,
                Ok(_) => {}
                Err(_) => break true,
            }
        };
        (self.take(self.ahead().len()), rest)
    }

    /// Reads all bytes until the server closes the connection.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        while self.more().await != 0 {}
        self.take(self.ahead().len())
    }
}
