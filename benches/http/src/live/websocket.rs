//! The echo of WebSocket messages: every connection sends some, waits for all of them, and sends the next.

use super::client;
use crate::Entry;
use crate::cores::Cores;
use crate::load::{self, Batch, Load, Pace, Until};
use crate::server::Server;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const CONNECTIONS: usize = 64;

/// The size of a message, and how many are sent at once.
const SHAPES: [(usize, usize); 3] = [(32, 1), (1024, 1), (32, 16)];
pub(super) const COLUMNS: [&str; 3] = ["32 bytes", "1 KiB", "16 × 32 bytes at once"];

/// Measures the user and system time of the server per message, in µs.
pub(super) fn take_turn(entry: &Entry, seconds: f64, cores: Cores) -> io::Result<[f64; 3]> {
    let server = Server::start(&entry.program, cores)?;
    let mut costs = [f64::NAN; 3];
    for (cost, (size, messages)) in costs.iter_mut().zip(SHAPES) {
        let streams = (0..CONNECTIONS).map(|_| load::nonblocking(open(server.address)?));
        let streams = streams.collect::<io::Result<_>>()?;
        let mut load = Load::over(streams, batch(size, messages))?;
        let time = Duration::from_secs_f64(seconds);
        load.run(Until::After(time / 4), Pace::AtOnce)?;
        let before = server.cpu_time()?;
        let done = load.run(Until::After(time), Pace::AtOnce)?;
        let cpu = server.cpu_time()?.saturating_sub(before);
        *cost = cpu.as_secs_f64() * 1e6 / done.requests as f64;
    }
    Ok(costs)
}

fn open(address: SocketAddr) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    let request = "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    client::ask(&mut stream, request, "101")?;
    Ok(stream)
}

fn batch(size: usize, messages: usize) -> Batch {
    const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];
    const MASKED: u8 = 0x80;
    let text = vec![b'x'; size];
    let mut sent = head(size, MASKED);
    sent.extend(MASK);
    sent.extend(text.iter().zip(MASK.iter().cycle()).map(|(a, b)| a ^ b));
    let begins = [head(size, 0), text].concat();
    Batch {
        requests: messages,
        bytes: sent.repeat(messages),
        answers: begins.len() * messages,
        begins,
    }
}

/// Returns the beginning of a frame with text.
fn head(size: usize, masked: u8) -> Vec<u8> {
    match (u8::try_from(size), u16::try_from(size)) {
        (Ok(size @ ..126), _) => vec![0x81, masked | size],
        (_, Ok(size)) => [&[0x81, masked | 126][..], &size.to_be_bytes()].concat(),
        _ => unreachable!("no message is this long"),
    }
}
