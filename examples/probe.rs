//! A target for conformance suites: it responds to every request with the parts of the request that the server has
//! read.
//!
//! - `/echo`: the headers of the request, one per line;
//! - a WebSocket, at any path: the messages that the client sends;
//! - `/cookie`: the cookies of the request, one per line;
//! - everything else, with any method: the body of the request, or `OK` if it is empty.
//!
//! An invalid body results in a 400.

use onward::http;
use onward::http::{HeaderMap, HeaderValue};
use onward::prelude::*;
use onward::websocket::{WebSocket, WebSocketError, WebSocketOptions};

/// The largest message that Autobahn's suite sends, in bytes.
const MAX_MESSAGE: usize = 16 * 1024 * 1024;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(probe);
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}

async fn probe(req: Request, mut res: Response) -> Result {
    if req.headers.contains_key("sec-websocket-key") {
        let options = WebSocketOptions::new().max_message_size(MAX_MESSAGE);
        return Ok(options.accept(&req, res, echo)?);
    }
    let headers = req.raw_headers();
    let body = req.body.bytes().await?;
    res.set_header("content-type", "text/plain; charset=utf-8");
    Ok(match req.url.path() {
        "/echo" => res.send(lines(&headers)),
        "/cookie" => res.send(cookies(&req.headers)),
        _ if body.is_empty() => res.send("OK"),
        _ => res.send(body),
    })
}

async fn echo(mut socket: WebSocket) -> Result<(), WebSocketError> {
    while let Some(message) = socket.next().await {
        socket.send(message?).await?;
    }
    Ok(())
}

/// Returns the header lines as received: in the original order and case.
fn lines(headers: &[(String, HeaderValue)]) -> String {
    let lines = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        format!("{name}: {value}\n")
    });
    lines.collect()
}

/// Returns the cookies one per line: `a=1` and `b=2` for `a=1; b=2`. A pair without a name or without `=` is ignored.
fn cookies(headers: &HeaderMap) -> String {
    let headers = headers.get_all("cookie").iter();
    let headers = headers.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let mut lines = String::new();
    for header in headers {
        for pair in header.split(';') {
            match pair.trim().split_once('=') {
                Some((name, value)) if !name.is_empty() => lines += &format!("{name}={value}\n"),
                _ => {}
            }
        }
    }
    lines
}
