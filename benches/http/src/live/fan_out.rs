//! One event for many followers: the processor time of sending it, and the memory of a follower.

use super::client;
use crate::Entry;
use crate::cores::Cores;
use crate::idle;
use crate::server::Server;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use socket2::{Domain, Socket, Type};
use std::io::{self, Error, ErrorKind, Read};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

pub(super) const FOLLOWERS: usize = 10_000;
pub(super) const COLUMNS: [&str; 3] = [
    "CPU, µs per event and follower",
    "a follower, KB",
    "one that reads nothing, KB",
];

/// The number of events for each second of `--seconds`.
const EVENTS: f64 = 20.0;

/// Followers that do not read, and the events that they miss: several times as many as the operating system buffers.
const STUCK: usize = 100;
const MISSED: usize = 5_000;

const FOLLOW: &str = "GET /live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
const SELL: &str = "POST /sold HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";

pub(super) fn take_turn(entry: &Entry, seconds: f64, cores: Cores) -> io::Result<[f64; 3]> {
    let [cpu, memory] = followers(entry, seconds, cores)?;
    Ok([cpu, memory, stuck(entry, cores)?])
}

fn followers(entry: &Entry, seconds: f64, cores: Cores) -> io::Result<[f64; 2]> {
    let count = idle::room()?.min(FOLLOWERS);
    let server = Server::start(&entry.program, cores)?;
    let mut seller = std::net::TcpStream::connect(server.address)?;
    client::ask(&mut seller, SELL, "204")?;
    let before = server.resident()?;
    let mut followers = Followers::open(server.address, count)?;
    let memory = server.resident()?.saturating_sub(before) as f64 / count as f64 / 1000.0;
    // The server may have closed the first connection, which was idle for a long time.
    let mut seller = std::net::TcpStream::connect(server.address)?;
    followers.sell(&mut seller)?;
    let events = (EVENTS * seconds).ceil();
    let before = server.cpu_time()?;
    for _ in 0..events as usize {
        followers.sell(&mut seller)?;
    }
    let cpu = server.cpu_time()?.saturating_sub(before);
    Ok([cpu.as_secs_f64() * 1e6 / events / count as f64, memory])
}

/// Measures the resident memory of a follower that reads nothing, in KB.
fn stuck(entry: &Entry, cores: Cores) -> io::Result<f64> {
    let server = Server::start(&entry.program, cores)?;
    let mut seller = std::net::TcpStream::connect(server.address)?;
    // Fills the store of events that all followers share.
    for _ in 0..MISSED {
        client::ask(&mut seller, SELL, "204")?;
    }
    let before = server.resident()?;
    let streams = (0..STUCK).map(|_| follow_slowly(server.address));
    let streams = streams.collect::<io::Result<Vec<_>>>()?;
    for _ in 0..MISSED {
        client::ask(&mut seller, SELL, "204")?;
    }
    let memory = server.resident()?.saturating_sub(before);
    drop(streams);
    Ok(memory as f64 / STUCK as f64 / 1000.0)
}

/// Opens a stream of events for which the operating system of the client buffers little.
fn follow_slowly(address: SocketAddr) -> io::Result<std::net::TcpStream> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_recv_buffer_size(1)?;
    socket.connect(&address.into())?;
    let mut stream = socket.into();
    client::ask(&mut stream, FOLLOW, "200")?;
    Ok(stream)
}

struct Followers {
    poll: Poll,
    streams: Vec<TcpStream>,
    buffer: Vec<u8>,
}

impl Followers {
    fn open(address: SocketAddr, count: usize) -> io::Result<Self> {
        let poll = Poll::new()?;
        let mut streams = Vec::new();
        for index in 0..count {
            let mut stream = std::net::TcpStream::connect(address)?;
            client::ask(&mut stream, FOLLOW, "200")?;
            stream.set_nonblocking(true)?;
            let mut stream = TcpStream::from_std(stream);
            poll.registry()
                .register(&mut stream, Token(index), Interest::READABLE)?;
            streams.push(stream);
        }
        Ok(Self {
            poll,
            streams,
            buffer: vec![0; 64 * 1024],
        })
    }

    /// Makes a sale, and waits until all followers have received the event.
    fn sell(&mut self, seller: &mut std::net::TcpStream) -> io::Result<()> {
        client::ask(seller, SELL, "204")?;
        let mut events = Events::with_capacity(1024);
        let start = Instant::now();
        let mut received = 0;
        while received < self.streams.len() {
            if start.elapsed() > Duration::from_secs(60) {
                return Err(ErrorKind::TimedOut.into());
            }
            self.poll
                .poll(&mut events, Some(Duration::from_millis(100)))?;
            for event in &events {
                let Token(index) = event.token();
                received += self.read(index)?;
            }
        }
        Ok(())
    }

    /// Reads the available output and returns the number of events in it: each has the letter `S` once, in its name.
    fn read(&mut self, index: usize) -> io::Result<usize> {
        let mut count = 0;
        loop {
            match self.streams[index].read(&mut self.buffer) {
                Ok(0) => return Err(Error::other("a follower was disconnected")),
                Ok(read) => count += self.buffer[..read].iter().filter(|it| **it == b'S').count(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(count),
                Err(error) => return Err(error),
            }
        }
    }
}
