//! The handshake of a connection.

use std::future::poll_fn;
use std::io;
use std::time::Duration;

use http::StatusCode;
use tokio::io::ReadBuf;
use tokio_rustls::rustls::server::{Accepted, Acceptor};
use tokio_rustls::server::{StartHandshake, TlsStream};

use super::active::ActiveTls;
use crate::error::Error;
use crate::http::connection::stream::SocketStream;
use crate::http::events::FailedHandshake;
use crate::http::events::tls_events::TlsClientError;
use crate::http::server::shared::Shared;
use crate::http::socket::Socket;
use crate::http::socket::tls_session::TlsSession;

/// The first byte of every handshake (RFC 8446, 5.1).
const HANDSHAKE_RECORD: u8 = 22;

/// The maximum number of bytes that are read at a time. rustls can buffer more than this.
const PART: usize = 4096;

/// How long a client that does not use TLS may take to read the response.
const LINGER: Duration = Duration::from_secs(1);

impl ActiveTls {
    /// Performs the handshake. If it fails, emits `TlsClientError` and returns `None`.
    pub(crate) async fn accept(
        &self,
        server: &Shared,
        stream: SocketStream,
        socket: &Socket,
    ) -> Option<(SocketStream, Socket)> {
        let handshake = Box::pin(self.handshake(stream));
        let result = tokio::time::timeout(self.handshake_timeout, handshake).await;
        let result = result.unwrap_or_else(|_| {
            let message = "the handshake was not completed in time";
            Err(io::Error::new(io::ErrorKind::TimedOut, message))
        });
        match result {
            Ok(stream) => {
                let socket = socket.secured(TlsSession::new(stream.get_ref().1));
                Some((SocketStream::Tls(Box::new(stream)), socket))
            }
            Err(error) => {
                let failed = FailedHandshake {
                    remote_addr: socket.remote_addr.clone(),
                    local_addr: socket.local_addr.clone(),
                    error,
                };
                server.emit(TlsClientError, &failed);
                None
            }
        }
    }

    async fn handshake(&self, mut stream: SocketStream) -> io::Result<TlsStream<SocketStream>> {
        let accepted = read_hello(&mut stream).await?;
        let _permit = match &self.handshakes {
            // The semaphore is never closed.
            Some(handshakes) => handshakes.acquire().await.ok(),
            None => None,
        };
        let handshake = StartHandshake::from_parts(accepted, stream);
        handshake.into_stream(self.config()).await
    }
}

/// Reads the first message of the client.
async fn read_hello(stream: &mut SocketStream) -> io::Result<Accepted> {
    let mut acceptor = Acceptor::default();
    let mut is_first = true;
    // The buffer is on the heap, so that the future stays small: the future is moved, and lives as long as
    // the handshake.
    let mut buffer = Vec::with_capacity(PART);
    loop {
        let mut received = ReadBuf::uninit(buffer.spare_capacity_mut());
        poll_fn(|cx| stream.poll_read(cx, &mut received)).await?;
        let mut received = received.filled();
        match received.first() {
            None => return Err(io::ErrorKind::UnexpectedEof.into()),
            Some(&byte) if is_first && byte != HANDSHAKE_RECORD => {
                return Err(reject(byte, stream).await);
            }
            Some(_) => is_first = false,
        }
        while !received.is_empty() {
            acceptor.read_tls(&mut received)?;
        }
        match acceptor.accept() {
            Ok(Some(accepted)) => return Ok(accepted),
            Ok(None) => {}
            Err((error, mut alert)) => {
                let mut bytes = Vec::new();
                if alert.write_all(&mut bytes).is_ok() {
                    // The client may have disconnected.
                    let _ = write(stream, &bytes).await;
                }
                return Err(io::Error::new(io::ErrorKind::InvalidData, error));
            }
        }
    }
}

/// Rejects a client that does not use TLS, and returns the error. The client gets a response if it seems to use HTTP.
async fn reject(first: u8, stream: &mut SocketStream) -> io::Error {
    let invalid = |message| io::Error::new(io::ErrorKind::InvalidData, message);
    if !first.is_ascii_uppercase() {
        return invalid("the client does not use TLS");
    }
    let response = plain_http_response();
    let respond = async {
        write(stream, response.as_bytes()).await?;
        poll_fn(|cx| stream.poll_shutdown(cx)).await?;
        // The rest of the request is read, because a reset could discard the response before the client reads it.
        let mut buffer = vec![0; PART];
        loop {
            let mut received = ReadBuf::new(&mut buffer);
            poll_fn(|cx| stream.poll_read(cx, &mut received)).await?;
            if received.filled().is_empty() {
                return io::Result::Ok(());
            }
        }
    };
    // The client may have disconnected.
    let _ = tokio::time::timeout(LINGER, respond).await;
    invalid("the client sent an HTTP request without TLS")
}

fn plain_http_response() -> String {
    let status = StatusCode::BAD_REQUEST;
    let problem = Error::new(status, "this port requires HTTPS").problem_details(None);
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: application/problem+json\r\n\
         content-length: {}\r\n\r\n{problem}",
        problem.len()
    )
}

async fn write(stream: &mut SocketStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match poll_fn(|cx| stream.poll_write(cx, bytes)).await? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => bytes = &bytes[written..],
        }
    }
    poll_fn(|cx| stream.poll_flush(cx)).await
}
