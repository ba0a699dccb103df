use onward::http::{self, Server};
use onward::prelude::*;
use onward::websocket::{WebSocket, WebSocketError, WebSocketOptions};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream};
use tokio::net::TcpStream;

use crate::served::{Served, soon};

pub(crate) const TEXT: u8 = 0x81;
pub(crate) const BINARY: u8 = 0x82;
pub(crate) const CLOSE: u8 = 0x88;
pub(crate) const PING: u8 = 0x89;
pub(crate) const PONG: u8 = 0x8a;
/// The bit that marks the last frame of a message.
pub(crate) const FIN: u8 = 0x80;

/// The headers of a valid handshake, except `host`.
pub(crate) const HANDSHAKE: &str = "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
     sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

pub(crate) fn request(headers: &str) -> String {
    format!("GET /ws HTTP/1.1\r\nhost: a\r\n{headers}\r\n")
}

/// Creates a server that runs `session` on each WebSocket.
pub(crate) fn server<F>(
    options: WebSocketOptions,
    session: impl Fn(WebSocket) -> F + Clone + Send + Sync + 'static,
) -> Server
where
    F: Future<Output = Result<(), WebSocketError>> + Send + 'static,
{
    http::create_server(move |req, res| {
        let (options, session) = (options.clone(), session.clone());
        async move { options.accept(&req, res, session) }
    })
}

/// Creates a server that sends every message back.
pub(crate) fn echo(options: WebSocketOptions) -> Server {
    server(options, echo_session)
}

pub(crate) async fn echo_session(mut socket: WebSocket) -> Result<(), WebSocketError> {
    while let Some(message) = socket.next().await {
        socket.send(message?).await?;
    }
    Ok(())
}

/// Returns a frame of the client. `first` is the final bit, the reserved bits and the opcode.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        len @ 0..126 => frame.push(0x80 | len as u8),
        len @ 126..65536 => {
            frame.push(0x80 | 126);
            frame.extend((len as u16).to_be_bytes());
        }
        len => {
            frame.push(0x80 | 127);
            frame.extend((len as u64).to_be_bytes());
        }
    }
    let mask = [0x37, 0xfa, 0x21, 0x3d];
    frame.extend(mask);
    let masked = payload.iter().zip(mask.iter().cycle());
    frame.extend(masked.map(|(byte, mask)| byte ^ mask));
    frame
}

pub(crate) fn close_frame(code: u16) -> Vec<u8> {
    frame(CLOSE, &code.to_be_bytes())
}

/// A frame of the server: its first byte and its payload.
pub(crate) type Received = (u8, Vec<u8>);

/// Returns the code of a close frame, 1005 if it has none, or `None` for other frames.
pub(crate) fn closed(frame: &Received) -> Option<u16> {
    let (first, payload) = frame;
    let code = payload
        .first_chunk::<2>()
        .map_or(1005, |code| u16::from_be_bytes(*code));
    (*first == CLOSE).then_some(code)
}

pub(crate) struct Client<S = TcpStream>(pub(crate) S);

impl Client {
    pub(crate) async fn connect(served: &Served) -> Self {
        let stream = TcpStream::connect(served.addr).await.unwrap();
        Self::open(stream, HANDSHAKE).await.1
    }
}

impl Client<DuplexStream> {
    /// Creates a client without a socket.
    pub(crate) async fn in_memory(server: &Server) -> Self {
        let (client, stream) = tokio::io::duplex(64 * 1024);
        server.serve(stream).unwrap();
        Self::open(client, HANDSHAKE).await.1
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// Sends a handshake and receives the headers of the response.
    pub(crate) async fn open(mut stream: S, headers: &str) -> (String, Self) {
        stream.write_all(request(headers).as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(soon("the response", stream.read_u8()).await.unwrap());
        }
        (String::from_utf8(head).unwrap(), Self(stream))
    }

    /// Sends bytes. The server may have closed the connection.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    pub(crate) async fn text(&mut self, text: &str) {
        self.send(frame(TEXT, text.as_bytes())).await;
    }

    /// Returns the next frame, or `None` at the end of the connection.
    pub(crate) async fn receive(&mut self) -> Option<Received> {
        soon("a frame", self.read_frame()).await
    }

    async fn read_frame(&mut self) -> Option<Received> {
        let first = self.0.read_u8().await.ok()?;
        let len = self.0.read_u8().await.ok()?;
        assert!(len < 0x80, "a server does not mask");
        let len = match len {
            126 => self.0.read_u16().await.ok()?.into(),
            127 => self.0.read_u64().await.ok()?,
            len => len.into(),
        };
        let mut payload = vec![0; usize::try_from(len).unwrap()];
        self.0.read_exact(&mut payload).await.ok()?;
        Some((first, payload))
    }

    /// Returns all frames that are received until the end of the connection.
    pub(crate) async fn rest(&mut self) -> Vec<Received> {
        let mut frames = Vec::new();
        while let Some(frame) = self.receive().await {
            frames.push(frame);
        }
        frames
    }
}
