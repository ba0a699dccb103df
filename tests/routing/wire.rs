//! A client with a socket that sends and receives HTTP/1.1 as text.

use onward::http;
use onward::http::HandlerOutput;
use onward::prelude::*;
use std::future::Future;
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A persistent connection to a server. Dropping the connection stops the server, unless it was started elsewhere.
pub(crate) struct Wire {
    stream: BufReader<TcpStream>,
    server: Option<tokio::task::JoinHandle<std::io::Result<()>>>,
}

pub(crate) struct Received {
    pub(crate) status: u16,
    head: Vec<String>,
    pub(crate) body: String,
}

impl Received {
    /// Returns the value of a header, or the empty text if there is no such header.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut headers = self.head.iter().filter_map(|line| line.split_once(": "));
        headers
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }
}

impl Wire {
    pub(crate) async fn serve<H, F>(handler: H) -> Self
    where
        H: Fn(Request, Response) -> F + Send + Sync + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let server = http::create_server(handler);
        server.on(event::Error, |_| {});
        let server = tokio::spawn(server.listen(listener));
        Self {
            server: Some(server),
            stream: stream(at).await,
        }
    }

    /// Connects to a server that is stopped elsewhere.
    pub(crate) async fn connect(at: SocketAddr) -> Self {
        Self {
            stream: stream(at).await,
            server: None,
        }
    }

    pub(crate) async fn ask(&mut self, method: &str, target: &str) -> Received {
        self.ask_with(method, target, "").await
    }

    /// Sends a request with additional header lines.
    pub(crate) async fn ask_with(&mut self, method: &str, target: &str, fields: &str) -> Received {
        let request = format!("{method} {target} HTTP/1.1\r\nhost: localhost\r\n{fields}\r\n");
        self.stream
            .write_all(request.as_bytes())
            .await
            .expect("the server reads");
        self.read(method).await
    }

    async fn read(&mut self, method: &str) -> Received {
        let status = self.line().await;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let mut head = Vec::new();
        loop {
            let line = self.line().await;
            if line.is_empty() {
                break;
            }
            head.push(line);
        }
        let mut received = Received {
            status: status.expect("a status"),
            head,
            body: String::new(),
        };
        if method != "HEAD" {
            let body = match received.header("transfer-encoding") {
                "chunked" => self.chunks().await,
                _ => {
                    self.bytes(received.header("content-length").parse().unwrap_or(0))
                        .await
                }
            };
            received.body = String::from_utf8(body).expect("text");
        }
        received
    }

    async fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(&self.line().await, 16).expect("a size");
            body.extend(self.bytes(size).await);
            self.line().await;
            if size == 0 {
                return body;
            }
        }
    }

    async fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        let read = self.stream.read_exact(&mut bytes).await;
        read.expect("the whole body");
        bytes
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self
            .stream
            .read_line(&mut line)
            .await
            .expect("the server writes");
        assert!(read > 0, "the server has closed the connection");
        line.trim_end().to_owned()
    }
}

async fn stream(at: SocketAddr) -> BufReader<TcpStream> {
    BufReader::new(TcpStream::connect(at).await.expect("a connection"))
}

impl Drop for Wire {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}
