//! Sends requests whose responses do not end, or have no body.

use std::io::{self, Error, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Sends a request and reads the head of its response, byte by byte, so that no byte after the head is lost.
pub(super) fn ask(stream: &mut TcpStream, request: &str, status: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_nodelay(true)?;
    stream.write_all(request.as_bytes())?;
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head);
    match head.starts_with(&format!("HTTP/1.1 {status} ")) {
        true => Ok(()),
        false => Err(Error::other(format!("not the expected response: {head}"))),
    }
}
