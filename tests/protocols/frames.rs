use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::client::Protocol;
use crate::server::soon;
use crate::stream::{Stream, connect, write};

pub(crate) use crate::http2_frames::*;

/// `GET http://a/`, as HPACK encodes it.
pub(crate) const GET: &[u8] = &[0x82, 0x86, 0x84, 0x01, 0x01, b'a'];

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) stream: u32,
    pub(crate) payload: Vec<u8>,
}

/// A client that can violate the rules of HTTP/2.
pub(crate) struct Raw {
    pub(crate) stream: Box<dyn Stream>,
}

impl Raw {
    pub(crate) async fn connect(addr: std::net::SocketAddr, settings: &[u8]) -> Self {
        let mut stream = connect(addr, Protocol::Http2).await;
        let mut bytes = PREFACE.to_vec();
        bytes.extend(frame(SETTINGS, 0, 0, settings));
        bytes.extend(frame(SETTINGS, ACK, 0, &[]));
        stream.write_all(&bytes).await.unwrap();
        stream.flush().await.unwrap();
        Self { stream }
    }

    /// Sends bytes. Returns whether the server still accepts them.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> bool {
        soon("room", write(&mut self.stream, bytes)).await
    }

    /// Reads the next frame. Returns `None` if the server has closed the connection.
    pub(crate) async fn frame(&mut self) -> Option<Frame> {
        let mut head = [0; 9];
        soon("a frame", self.stream.read_exact(&mut head))
            .await
            .ok()?;
        let len = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; len as usize];
        soon("a payload", self.stream.read_exact(&mut payload))
            .await
            .ok()?;
        Some(Frame {
            kind: head[3],
            flags: head[4],
            stream: u32::from_be_bytes([head[5], head[6], head[7], head[8]]),
            payload,
        })
    }

    /// Reads up to the next frame of the given kind.
    pub(crate) async fn next(&mut self, kind: u8) -> Frame {
        loop {
            let frame = self.frame().await.expect("a frame");
            if frame.kind == kind {
                return frame;
            }
        }
    }

    /// Reads to the end and returns the reason in the GOAWAY that ends the connection.
    pub(crate) async fn goaway(&mut self) -> Option<u32> {
        let mut reason = None;
        while let Some(frame) = self.frame().await {
            if frame.kind == GOAWAY {
                reason = Some(u32::from_be_bytes(frame.payload[4..8].try_into().unwrap()));
            }
        }
        reason
    }
}
