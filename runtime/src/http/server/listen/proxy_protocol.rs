//! The header by which a proxy announces its client
//! ([PROXY protocol](https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt)).

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use http::StatusCode;
use tokio::io::ReadBuf;

use crate::error::Error;
use crate::http::connection::stream::SocketStream;
use crate::http::error_reporter::ReportError;
use crate::http::limits::Limits;
use crate::http::server::shared::Shared;
use crate::http::socket::Socket;
use crate::http::socket::handle::ConnectionHandle;

/// The beginning of a header of version 2. A header of version 1 is longer than this.
const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";

/// The length of the longest header of version 1, in bytes.
const MAX_LINE: usize = 107;

/// The time within which the header must arrive if `headers_timeout` is disabled.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The addresses of both ends of the client's connection to the proxy. `None` if the proxy does not state these IP
/// addresses, or if the connection is the proxy's own.
type Ends = Option<(SocketAddr, SocketAddr)>;

/// Reads the header, and returns the socket that it describes. If there is no valid header, reports this and returns
/// `None`.
pub(super) async fn accept(
    server: &Shared,
    stream: &mut SocketStream,
    socket: &Socket,
    limits: &Limits,
) -> Option<Socket> {
    let timeout = limits.headers.unwrap_or(TIMEOUT);
    let read = tokio::time::timeout(timeout, read(stream)).await;
    let result = read.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    match result {
        Ok(None) => Some(socket.clone()),
        Ok(Some((remote, local))) => {
            let handle = ConnectionHandle::detached();
            Some(Socket::new(remote.into(), local.into(), handle))
        }
        Err(error) => {
            let what = format!(
                "no valid PROXY protocol header was received from {}",
                socket.remote_addr
            );
            server.report(&Error::new(StatusCode::BAD_REQUEST, what).with_source(error));
            None
        }
    }
}

async fn read(stream: &mut SocketStream) -> io::Result<Ends> {
    let mut start = [0; SIGNATURE.len()];
    read_exact(stream, &mut start).await?;
    match start == SIGNATURE {
        true => read_binary(stream).await,
        false if start.starts_with(b"PROXY ") => read_line(stream, &start).await,
        false => Err(invalid()),
    }
}

/// Reads a header of version 1, byte by byte, because the request follows it.
async fn read_line(stream: &mut SocketStream, start: &[u8]) -> io::Result<Ends> {
    let mut line = start.to_vec();
    while !line.ends_with(b"\r\n") {
        if line.len() == MAX_LINE {
            return Err(invalid());
        }
        let mut byte = [0];
        read_exact(stream, &mut byte).await?;
        line.push(byte[0]);
    }
    let line = str::from_utf8(&line).map_err(|_| invalid())?;
    parse_line(line.trim_end()).ok_or_else(invalid)
}

fn parse_line(line: &str) -> Option<Ends> {
    let mut words = line.strip_prefix("PROXY ")?.split(' ');
    let is_v4 = match words.next()? {
        "UNKNOWN" => return Some(None),
        "TCP4" => true,
        "TCP6" => false,
        _ => return None,
    };
    let (from, to): (IpAddr, IpAddr) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let (from_port, to_port) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let is_valid = words.next().is_none() && from.is_ipv4() == is_v4 && to.is_ipv4() == is_v4;
    is_valid.then(|| Some(((from, from_port).into(), (to, to_port).into())))
}

/// Reads a header of version 2, after its signature.
async fn read_binary(stream: &mut SocketStream) -> io::Result<Ends> {
    let mut fixed = [0; 4];
    read_exact(stream, &mut fixed).await?;
    let [command, family, high, low] = fixed;
    let mut rest = vec![0; usize::from(u16::from_be_bytes([high, low]))];
    read_exact(stream, &mut rest).await?;
    parse_binary(command, family, &rest).ok_or_else(invalid)
}

fn parse_binary(command: u8, family: u8, rest: &[u8]) -> Option<Ends> {
    match (command, family) {
        // LOCAL: a connection of the proxy itself.
        (0x20, _) => Some(None),
        (0x21, 0x11) => {
            let (from, rest) = rest.split_first_chunk::<4>()?;
            let (to, rest) = rest.split_first_chunk::<4>()?;
            ends(
                Ipv4Addr::from(*from).into(),
                Ipv4Addr::from(*to).into(),
                rest,
            )
        }
        (0x21, 0x21) => {
            let (from, rest) = rest.split_first_chunk::<16>()?;
            let (to, rest) = rest.split_first_chunk::<16>()?;
            ends(
                Ipv6Addr::from(*from).into(),
                Ipv6Addr::from(*to).into(),
                rest,
            )
        }
        // The addresses of other transports and of Unix sockets are not used.
        (0x21, _) => Some(None),
        _ => None,
    }
}

fn ends(from: IpAddr, to: IpAddr, ports: &[u8]) -> Option<Ends> {
    let (from_port, rest) = ports.split_first_chunk::<2>()?;
    let (to_port, _) = rest.split_first_chunk::<2>()?;
    let from = SocketAddr::new(from, u16::from_be_bytes(*from_port));
    let to = SocketAddr::new(to, u16::from_be_bytes(*to_port));
    Some(Some((from, to)))
}

async fn read_exact(stream: &mut SocketStream, bytes: &mut [u8]) -> io::Result<()> {
    let mut buffer = ReadBuf::new(bytes);
    while buffer.remaining() > 0 {
        let before = buffer.filled().len();
        poll_fn(|cx| stream.poll_read(cx, &mut buffer)).await?;
        if buffer.filled().len() == before {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

fn invalid() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(ends: Option<Ends>) -> String {
        match ends {
            None => "invalid".to_owned(),
            Some(None) => "unknown".to_owned(),
            Some(Some((from, to))) => format!("{from} {to}"),
        }
    }

    #[test]
    fn version_1() {
        for (line, expected) in [
            (
                "PROXY TCP4 192.0.2.7 10.0.0.1 4711 80",
                "192.0.2.7:4711 10.0.0.1:80",
            ),
            (
                "PROXY TCP6 2001:db8::7 ::1 4711 80",
                "[2001:db8::7]:4711 [::1]:80",
            ),
            ("PROXY UNKNOWN", "unknown"),
            ("PROXY UNKNOWN ffff::1 ffff::2 1 2", "unknown"),
            ("PROXY TCP4 192.0.2.7 10.0.0.1 4711", "invalid"),
            ("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80 1", "invalid"),
            ("PROXY TCP4 2001:db8::7 ::1 4711 80", "invalid"),
            ("PROXY TCP4 192.0.2.7 10.0.0.1 65536 80", "invalid"),
            ("PROXY TCP4 192.0.2.300 10.0.0.1 1 80", "invalid"),
            ("PROXY UDP4 192.0.2.7 10.0.0.1 1 80", "invalid"),
            ("PROXY", "invalid"),
        ] {
            assert_eq!(text(parse_line(line)), expected, "{line}");
        }
    }

    #[test]
    fn version_2() {
        let v4 = [192, 0, 2, 7, 10, 0, 0, 1, 0x12, 0x67, 0, 80];
        let both = "192.0.2.7:4711 10.0.0.1:80";
        assert_eq!(text(parse_binary(0x21, 0x11, &v4)), both);
        let with_tlv = [&v4[..], &[0x04, 0, 1, 0]].concat();
        assert_eq!(text(parse_binary(0x21, 0x11, &with_tlv)), both);
        assert_eq!(text(parse_binary(0x21, 0x11, &v4[..11])), "invalid");
        assert_eq!(text(parse_binary(0x20, 0x00, &[])), "unknown");
        assert_eq!(text(parse_binary(0x21, 0x31, &[0; 216])), "unknown");
        assert_eq!(text(parse_binary(0x11, 0x11, &v4)), "invalid");
        let mut v6 = [0; 36];
        (v6[15], v6[31], v6[35]) = (7, 1, 80);
        assert_eq!(text(parse_binary(0x21, 0x21, &v6)), "[::7]:0 [::1]:80");
    }
}
