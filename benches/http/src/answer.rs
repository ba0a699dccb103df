//! Reads a response and compares it with the expected one.

use crate::requests::{Expected, Kind};
use std::io::{self, Error, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Makes one request on a new connection and checks the response. Returns the length of the response in bytes.
pub(crate) fn check(address: SocketAddr, kind: Kind) -> io::Result<usize> {
    let one = Kind {
        pipelined: 1,
        ..kind
    };
    ask(&mut connect(address)?, &one.bytes(), &one.expected())
}

/// Opens a connection whose reads do not wait forever.
pub(crate) fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(stream)
}

/// Makes one request, and checks the response and that no bytes follow it. Returns the length of the response in bytes.
pub(crate) fn ask(
    stream: &mut (impl Read + Write),
    request: &[u8],
    expected: &Expected,
) -> io::Result<usize> {
    stream.write_all(request)?;
    let mut input = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        input.extend_from_slice(&buffer[..read]);
        if let Some(length) = complete(&input, expected)? {
            return Ok(length);
        }
    }
}

/// Returns the length of the response if it is complete. A complete response that is not the expected one is an error.
fn complete(input: &[u8], expected: &Expected) -> io::Result<Option<usize>> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut answer = httparse::Response::new(&mut headers);
    let head = match answer.parse(input).map_err(Error::other)? {
        httparse::Status::Complete(head) => head,
        httparse::Status::Partial => return Ok(None),
    };
    let header = |name: &str| {
        let it = answer
            .headers
            .iter()
            .find(|it| it.name.eq_ignore_ascii_case(name));
        it.map_or("", |it| str::from_utf8(it.value).unwrap_or_default())
    };
    let length: usize = header("content-length")
        .parse()
        .map_err(|_| wrong("content-length", "a number", header("content-length")))?;
    if input.len() < head + length {
        return Ok(None);
    }
    if answer.code != Some(200) {
        return Err(wrong("status", "200", &format!("{:?}", answer.code)));
    }
    let body = String::from_utf8_lossy(&input[head..]);
    if body != expected.body {
        return Err(wrong("body", &expected.body, &body));
    }
    // Some servers add a charset to JSON, which has no effect.
    let content_type = header("content-type");
    let without = |text: &str| text.trim_end_matches("; charset=utf-8").to_owned();
    if without(&content_type.to_lowercase()) != without(expected.content_type) {
        return Err(wrong("content-type", expected.content_type, content_type));
    }
    Ok(Some(head + length))
}

fn wrong(what: &str, expected: &str, got: &str) -> Error {
    Error::other(format!("the {what} is {got:?}, not {expected:?}"))
}
