//! A server beside itself: what a client sends is answered the same whether it comes in one piece or in many.

use std::fmt::Write as _;
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, WriteHalf};
use tokio::time::{Instant, sleep};

use crate::answers::answers;
use crate::runtime::block_on;

/// What a client may send that the server has not read.
const ROOM: usize = 64 * 1024;

/// The clock stands still while somebody works: behind any pause, all has been read, and answered, that can be.
const PAUSE: Duration = Duration::from_millis(1);

/// Begins an HTTP/2 connection.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// More pieces take long and show nothing new.
const PIECES: usize = 64;

/// Sends bytes to a server, in one piece and in several. What stands ahead of the first line feed are the lengths of the
/// pieces, a byte for each; what they leave is the last one.
///
/// # Panics
/// If the two are not answered the same, or the server does not close the connection when the client has.
pub fn check_connection(bytes: &[u8]) {
    let (lengths, sent) = match bytes.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (&[][..], bytes),
    };
    let whole = block_on(received(&[sent]));
    let parted = block_on(received(&pieces(lengths, sent)));
    // HTTP/2 is hyper's: only panics and connections that stay open are errors here.
    if !sent.starts_with(HTTP2_PREFACE) {
        assert_eq!(answers(&whole), answers(&parted), "{}", sent.escape_ascii());
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

/// The bytes that a client receives which sends these pieces and then ends.
async fn received(pieces: &[&[u8]]) -> Vec<u8> {
    let (client, stream) = tokio::io::duplex(ROOM);
    let server = server();
    server.serve(stream).expect("a new server refuses nobody");
    let (mut receiver, mut sender) = tokio::io::split(client);
    let reading = tokio::spawn(async move {
        let mut received = Vec::new();
        // The server may have cut the connection, which is an end as well.
        let _ = receiver.read_to_end(&mut received).await;
        (received, Instant::now())
    });
    send(pieces, &mut sender).await;
    let sent = Instant::now();
    let (received, ended) = reading.await.expect("reading does not panic");
    let late = ended.saturating_duration_since(sent);
    assert!(late < PAUSE, "the connection was open for {late:?} more");
    received
}

/// A server that does not want the rest need not take it.
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

/// Nothing that a client sends is a failure of the server, which is what `event::Error` tells of.
fn server() -> Server {
    // Limits that short input reaches.
    let server = http::create_server(echo)
        .max_header_size(400)
        .max_headers(12);
    server.on(event::Error, |error| panic!("{error}"));
    server
}

/// More than is gathered before it is sent.
const LONG: usize = 20_000;

/// Tells what it sees of a request; of a path that begins with `/early`, without reading the body; with one that begins with
/// `/long`, at length.
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
