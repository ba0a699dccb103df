use onward::http::{HeaderMap, HeaderName, HeaderValue};
use tokio::io::AsyncReadExt;

use crate::client::{Ask, Head};
use crate::server::soon;
use crate::stream::{Stream, write};

/// An HTTP/1 connection.
pub(crate) struct Wire {
    stream: Box<dyn Stream>,
    received: Vec<u8>,
    /// The framing of the current response, which determines its end.
    framing: Framing,
    is_head_request: bool,
    /// Whether the request body is chunked.
    is_chunked: bool,
}

#[derive(Clone, Copy)]
enum Framing {
    Length(usize),
    Chunked,
    UntilClose,
}

/// A part of a body.
pub(crate) enum Part {
    Data(Vec<u8>),
    End(HeaderMap),
    /// The body is truncated.
    Truncated,
}

impl Wire {
    pub(crate) fn new(stream: Box<dyn Stream>) -> Self {
        Self {
            stream,
            received: Vec::new(),
            framing: Framing::Length(0),
            is_head_request: false,
            is_chunked: false,
        }
    }

    /// Sends a request head. `has_body` states whether a body follows.
    pub(crate) async fn open(&mut self, ask: &Ask, has_body: bool) {
        let mut head = format!("{} {} HTTP/1.1\r\nhost: a\r\n", ask.method, ask.path);
        for (name, value) in &ask.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let has_length = ask
            .headers
            .iter()
            .any(|(name, _)| *name == "content-length");
        self.is_chunked = has_body && !has_length;
        if self.is_chunked {
            head.push_str("transfer-encoding: chunked\r\n");
        }
        head.push_str("\r\n");
        self.is_head_request = ask.method == "HEAD";
        assert!(write(&mut self.stream, head.as_bytes()).await);
    }

    pub(crate) async fn send(&mut self, data: &[u8]) -> bool {
        let mut bytes = data.to_vec();
        if self.is_chunked {
            bytes = format!("{:x}\r\n", data.len()).into_bytes();
            bytes.extend_from_slice(data);
            bytes.extend_from_slice(b"\r\n");
        }
        write(&mut self.stream, &bytes).await
    }

    pub(crate) async fn end(&mut self, trailers: &[(&str, &str)]) {
        if self.is_chunked {
            let mut end = "0\r\n".to_owned();
            for (name, value) in trailers {
                end.push_str(&format!("{name}: {value}\r\n"));
            }
            end.push_str("\r\n");
            // A server that has responded may have closed the connection.
            write(&mut self.stream, end.as_bytes()).await;
        }
    }

    async fn more(&mut self) -> bool {
        let read = soon("bytes", self.stream.read_buf(&mut self.received)).await;
        read.unwrap_or(0) > 0
    }

    async fn line(&mut self) -> Option<String> {
        loop {
            let end = self.received.windows(2).position(|it| it == b"\r\n");
            if let Some(end) = end {
                let line = self.received.drain(..end + 2).collect();
                return Some(String::from_utf8(line).unwrap().trim_end().to_owned());
            }
            if !self.more().await {
                return None;
            }
        }
    }

    async fn fields(&mut self) -> Option<HeaderMap> {
        let mut fields = HeaderMap::new();
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                return Some(fields);
            }
            let (name, value) = line.split_once(':').unwrap();
            let name = HeaderName::try_from(name).unwrap();
            fields.append(name, HeaderValue::try_from(value.trim()).unwrap());
        }
    }

    /// Reads the head of the response, after interim ones. Returns `None` if there is no response.
    pub(crate) async fn head(&mut self) -> Option<Head> {
        loop {
            let line = self.line().await?;
            let status: u16 = line.split(' ').nth(1).unwrap().parse().unwrap();
            let headers = self.fields().await?;
            if status < 200 {
                continue;
            }
            let length = headers.get("content-length");
            let length = length.map(|it| it.to_str().unwrap().parse().unwrap());
            self.framing = match length {
                _ if self.is_head_request || matches!(status, 204 | 304) => Framing::Length(0),
                Some(length) => Framing::Length(length),
                None if headers.contains_key("transfer-encoding") => Framing::Chunked,
                None => Framing::UntilClose,
            };
            return Some(Head { status, headers });
        }
    }

    pub(crate) async fn part(&mut self) -> Part {
        match self.framing {
            Framing::Length(0) => Part::End(HeaderMap::new()),
            Framing::Length(length) => {
                if self.received.is_empty() && !self.more().await {
                    return Part::Truncated;
                }
                let len = self.received.len().min(length);
                self.framing = Framing::Length(length - len);
                Part::Data(self.received.drain(..len).collect())
            }
            Framing::UntilClose => match self.more().await {
                true => Part::Data(std::mem::take(&mut self.received)),
                false => Part::End(HeaderMap::new()),
            },
            Framing::Chunked => self.chunk().await.unwrap_or(Part::Truncated),
        }
    }

    async fn chunk(&mut self) -> Option<Part> {
        let size = usize::from_str_radix(&self.line().await?, 16).unwrap();
        if size == 0 {
            return Some(Part::End(self.fields().await?));
        }
        while self.received.len() < size + 2 {
            if !self.more().await {
                return None;
            }
        }
        let mut data: Vec<u8> = self.received.drain(..size + 2).collect();
        data.truncate(size);
        Some(Part::Data(data))
    }

    /// Waits until the server closes the connection.
    pub(crate) async fn closed(&mut self) {
        while self.more().await {}
    }
}
