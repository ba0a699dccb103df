//! Compares a server with itself: its responses must not depend on how the bytes of the client are divided.

use std::fmt::Write as _;
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, WriteHalf};
use tokio::time::{Instant, sleep};

use crate::responses::responses;
use crate::runtime::block_on;

/// How many bytes a client may send before the server reads them.
const ROOM: usize = 64 * 1024;

/// The pause between two pieces. The clock stands still while a task is running, so after any pause the server has
/// read and responded to everything that it can.
const PAUSE: Duration = Duration::from_millis(1);

/// The first bytes of an HTTP/2 connection.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The maximum number of pieces before the last one. More pieces take longer and find no further errors.
const PIECES: usize = 64;

/// Sends the bytes after the first line feed to a server, as a whole and in several pieces. Each byte before the line
/// feed is the length of a piece; the rest is the last piece.
///
/// # Panics
/// Panics if the responses differ, or if the server does not close the connection after the client has.
pub fn check_connection(bytes: &[u8]) {
    let (lengths, sent) = match bytes.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (&[][..], bytes),
    };
    let whole = block_on(received(&[sent]));
    let parted = block_on(received(&pieces(lengths, sent)));
    // hyper handles HTTP/2: only panics and connections that stay open are errors here.
    if !sent.starts_with(HTTP2_PREFACE) {
        assert_eq!(
            responses(&whole),
            responses(&parted),
            "{}",
            sent.escape_ascii()
        );
    }
}

fn pieces<'a>(lengths: &[u8], mut sent: &'a [u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    for &length in lengths.iter().take(PIECES) {
        let (piece, rest) = sent.split_at(usize::from(length).min(sent.len()));
        pieces.push(piece);
        sent = rest;
    }
    pieces.push(sent);
    pieces
}

/// Returns the bytes that a client receives if it sends these pieces and then closes its write side.
async fn received(pieces: &[&[u8]]) -> Vec<u8> {
    let (client, stream) = tokio::io::duplex(ROOM);
    let server = server();
    server
        .serve(stream)
        .expect("a new server accepts connections");
    let (mut receiver, mut sender) = tokio::io::split(client);
    let reading = tokio::spawn(async move {
        let mut received = Vec::new();
        // If the server aborts the connection, reading ends with an error, which is ignored.
        let _ = receiver.read_to_end(&mut received).await;
        (received, Instant::now())
    });
    send(pieces, &mut sender).await;
    let sent = Instant::now();
    let (received, ended) = reading.await.expect("reading does not panic");
    let late = ended.saturating_duration_since(sent);
    assert!(late < PAUSE, "the connection was still open for {late:?}");
    received
}

/// Sends the pieces. The server does not have to read the rest if it has already closed the connection.
async fn send(pieces: &[&[u8]], sender: &mut WriteHalf<DuplexStream>) {
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            sleep(PAUSE).await;
        }
        if sender.write_all(piece).await.is_err() {
            return;
        }
    }
    let _ = sender.shutdown().await;
}

/// Creates a server that panics on `event::Error`, which reports failures of the server: no input of a client may cause
/// one.
fn server() -> Server {
    // Short input can exceed these limits.
    let server = http::create_server(echo)
        .max_header_size(400)
        .max_headers(12);
    server.on(event::Error, |error| panic!("{error}"));
    server
}

/// A length that exceeds the output that is coalesced before it is sent.
const LONG: usize = 20_000;

/// Responds with a description of the request. Does not read the body if the path begins with `/early`, and sends a
/// long response if the path begins with `/long`.
async fn echo(mut req: Request, res: Response) -> Result {
    let mut seen = format!("seen {} {} {:?}", req.method, req.url, req.version);
    for name in ["host", "x-a", "content-type", "content-length", "cookie"] {
        if let Some(value) = req.headers.get(name) {
            let _ = write!(seen, "; {name}: {}", value.as_bytes().escape_ascii());
        }
    }
    let _ = write!(seen, "; {} headers", req.raw_headers().len());
    if !req.url.path().starts_with("/early") {
        let mut body = Vec::new();
        while let Some(chunk) = req.body.next().await? {
            body.extend_from_slice(&chunk);
        }
        let (length, body) = (body.len(), body.escape_ascii());
        let trailers = req.body.trailers().len();
        let _ = write!(seen, "; {length} bytes, {trailers} trailers: {body}");
    }
    if req.url.path().starts_with("/long") {
        seen.push_str(&".".repeat(LONG));
    }
    Ok(res.send(seen))
}
