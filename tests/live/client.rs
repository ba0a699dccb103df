use std::net::SocketAddr;

use onward::http::{self, Server};
use onward::prelude::*;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::served::soon;

onward::events! {
    pub(crate) FeedEvents {
        Number(u64),
    }
}

#[server]
async fn feed(req: Request, res: Response, live: Live) -> Result {
    route!("/live" => live.follow(&req));
}

pub(crate) fn server(live: &Live) -> Server {
    let live = live.clone();
    http::create_server(move |req, res| feed(req, res, live.clone()))
}

/// An event as received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) name: String,
    pub(crate) data: String,
}

pub(crate) struct Follower<R = TcpStream> {
    input: BufReader<R>,
    /// The value that a browser would send as `last-event-id`.
    pub(crate) last_id: Option<String>,
    pub(crate) head: String,
    /// The rest of the current chunk.
    chunk: Vec<u8>,
}

impl Follower {
    pub(crate) async fn connect(addr: SocketAddr, last_id: Option<String>) -> Option<Self> {
        let mut stream = TcpStream::connect(addr).await.ok()?;
        let id = last_id
            .as_ref()
            .map(|id| format!("last-event-id: {id}\r\n"));
        let request = format!(
            "GET /live HTTP/1.1\r\nhost: a\r\n{}\r\n",
            id.unwrap_or_default()
        );
        stream.write_all(request.as_bytes()).await.ok()?;
        Self::begin(stream, last_id).await
    }

    /// Closes the connection with a TCP reset.
    pub(crate) fn reset(self) {
        self.input.get_ref().set_zero_linger().unwrap();
    }
}

impl<R: AsyncRead + Unpin> Follower<R> {
    /// Reads the headers of the response.
    async fn begin(stream: R, last_id: Option<String>) -> Option<Self> {
        let mut input = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if soon("the headers", input.read_line(&mut head)).await.ok()? == 0 {
                return None;
            }
        }
        Some(Self {
            input,
            last_id,
            head,
            chunk: Vec::new(),
        })
    }

    /// Returns the next line of the body without its line ending, or `None` at the end of the body.
    pub(crate) async fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        loop {
            if let Some(at) = self.chunk.iter().position(|&byte| byte == b'\n') {
                line.extend(self.chunk.drain(..=at));
                line.pop();
                return Some(String::from_utf8(line).unwrap());
            }
            line.append(&mut self.chunk);
            self.read_chunk().await?;
        }
    }

    async fn read_chunk(&mut self) -> Option<()> {
        let mut size = String::new();
        self.input.read_line(&mut size).await.ok()?;
        let size = usize::from_str_radix(size.trim_end(), 16).ok()?;
        self.chunk = vec![0; size + 2];
        self.input.read_exact(&mut self.chunk).await.ok()?;
        self.chunk.truncate(size);
        (size > 0).then_some(())
    }

    /// Returns the next event, or `None` at the end of the response.
    pub(crate) async fn event(&mut self) -> Option<Received> {
        let mut event = Received::default();
        loop {
            let line = soon("an event", self.line()).await?;
            match line.split_once(": ") {
                Some(("event", name)) => event.name = name.to_owned(),
                Some(("data", data)) => event.data.push_str(data),
                Some(("id", id)) => self.last_id = Some(id.to_owned()),
                _ if line.is_empty() && !event.data.is_empty() => return Some(event),
                _ => {}
            }
        }
    }

    pub(crate) async fn number(&mut self) -> u64 {
        let event = self.event().await.expect("an event");
        assert_eq!(event.name, "Number");
        event.data.parse().unwrap()
    }
}
