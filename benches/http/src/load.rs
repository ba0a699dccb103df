//! The load generator: connections that each make a request, wait for the response, and make the next.
//!
//! It has its own core and never sleeps, so that no response waits for it.

use crate::answer;
use crate::requests::Kind;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::collections::VecDeque;
use std::io::{self, Error, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// The condition that ends a run.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    After(Duration),
    /// The run ends after this many batches. A batch consists of the requests that are written at once.
    Batches(usize),
}

/// The time at which a connection that has its response makes the next request.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    AtOnce,
    /// This many requests are made per second over all connections. A request that is due while all connections are
    /// busy is late, and its time counts from when it was due.
    PerSecond(u32),
}

pub(crate) struct Done {
    pub(crate) requests: usize,
    pub(crate) took: Duration,
    /// The duration of each batch, in ns, sorted.
    latencies: Vec<u32>,
}

impl Done {
    /// Returns the percentile, in µs.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        let at = (self.latencies.len() * percent / 100).min(last);
        self.latencies
            .get(at)
            .map_or(f64::NAN, |ns| f64::from(*ns) / 1000.0)
    }
}

/// The maximum time to wait for a response.
const PATIENCE: Duration = Duration::from_secs(30);

/// The requests that a connection writes at once, and their responses.
pub(crate) struct Batch {
    pub(crate) requests: usize,
    pub(crate) bytes: Vec<u8>,
    /// The bytes with which the responses begin.
    pub(crate) begins: Vec<u8>,
    /// The length of the responses, in bytes.
    pub(crate) answers: usize,
}

/// A connection of the load generator, which does not block.
pub(crate) trait Stream: Read + Write {
    /// Returns the socket that reports when there is something to read.
    fn socket(&mut self) -> &mut TcpStream;
}

impl Stream for TcpStream {
    fn socket(&mut self) -> &mut TcpStream {
        self
    }
}

/// Prepares a connection for the load generator.
pub(crate) fn nonblocking(stream: std::net::TcpStream) -> io::Result<TcpStream> {
    stream.set_nodelay(true)?;
    stream.set_nonblocking(true)?;
    Ok(TcpStream::from_std(stream))
}

pub(crate) struct Load<S = TcpStream> {
    poll: Poll,
    connections: Vec<Connection<S>>,
    /// The connections that are not waiting for a response.
    idle: VecDeque<usize>,
    buffer: Vec<u8>,
    batch: Batch,
}

struct Connection<S> {
    stream: S,
    unread: usize,
    since: Instant,
}

impl Load {
    /// Opens the connections. The first response is checked completely; later ones must have the same length and the
    /// status 200.
    pub(crate) fn new(address: SocketAddr, kind: Kind, connections: usize) -> io::Result<Self> {
        let batch = Batch {
            requests: kind.pipelined,
            bytes: kind.bytes(),
            begins: b"HTTP/1.1 200".to_vec(),
            answers: answer::check(address, kind)? * kind.pipelined,
        };
        let streams = (0..connections).map(|_| nonblocking(std::net::TcpStream::connect(address)?));
        Self::over(streams.collect::<io::Result<_>>()?, batch)
    }
}

impl<S: Stream> Load<S> {
    /// Creates a load that repeats a batch over connections that are open.
    pub(crate) fn over(streams: Vec<S>, batch: Batch) -> io::Result<Self> {
        let poll = Poll::new()?;
        let mut all = Vec::new();
        for (index, mut stream) in streams.into_iter().enumerate() {
            poll.registry()
                .register(stream.socket(), Token(index), Interest::READABLE)?;
            all.push(Connection {
                stream,
                unread: 0,
                since: Instant::now(),
            });
        }
        Ok(Self {
            poll,
            idle: (0..all.len()).collect(),
            connections: all,
            buffer: vec![0; 64 * 1024],
            batch,
        })
    }

    /// Makes requests until the run ends, and waits for the last response.
    pub(crate) fn run(&mut self, until: Until, pace: Pace) -> io::Result<Done> {
        let mut events = Events::with_capacity(self.connections.len());
        let mut latencies = Vec::new();
        let start = Instant::now();
        let mut sent = 0;
        let mut last_answer = start;
        loop {
            let mut now = Instant::now();
            let over = until.is_over(now - start, sent);
            if over && self.idle.len() == self.connections.len() {
                break;
            }
            while !until.is_over(now - start, sent)
                && let Some(due) = pace.due(now, start, sent)
                && let Some(index) = self.idle.pop_front()
            {
                self.send(index, due)?;
                sent += 1;
                now = Instant::now();
            }
            if now - last_answer > PATIENCE {
                return Err(ErrorKind::TimedOut.into());
            }
            self.poll.poll(&mut events, Some(Duration::ZERO))?;
            for event in &events {
                let Token(index) = event.token();
                if let Some(latency) = self.receive(index)? {
                    latencies.push(u32::try_from(latency.as_nanos()).unwrap_or(u32::MAX));
                    self.idle.push_back(index);
                    last_answer = now;
                }
            }
        }
        let took = start.elapsed();
        latencies.sort_unstable();
        Ok(Done {
            requests: latencies.len() * self.batch.requests,
            took,
            latencies,
        })
    }

    fn send(&mut self, index: usize, due: Instant) -> io::Result<()> {
        let connection = &mut self.connections[index];
        connection.since = due;
        connection.unread = self.batch.answers;
        // No response is pending, so the send buffer of the socket is empty and has room for the whole batch.
        let written = connection.stream.write(&self.batch.bytes)?;
        if written == self.batch.bytes.len() {
            Ok(())
        } else {
            Err(ErrorKind::WriteZero.into())
        }
    }

    /// Reads the available bytes. Returns the duration if they complete the responses.
    fn receive(&mut self, index: usize) -> io::Result<Option<Duration>> {
        let connection = &mut self.connections[index];
        loop {
            let read = match connection.stream.read(&mut self.buffer) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(error),
            };
            let starts = connection.unread == self.batch.answers;
            let right = !starts || self.buffer[..read].starts_with(&self.batch.begins);
            if read > connection.unread || !right {
                let text = String::from_utf8_lossy(&self.buffer[..read]);
                return Err(Error::other(format!("not the expected response: {text}")));
            }
            connection.unread -= read;
            if connection.unread == 0 {
                return Ok(Some(connection.since.elapsed()));
            }
        }
    }
}

impl Until {
    fn is_over(self, elapsed: Duration, sent: usize) -> bool {
        match self {
            Self::After(time) => elapsed >= time,
            Self::Batches(count) => sent >= count,
        }
    }
}

impl Pace {
    /// Returns the time at which the next batch is due, if that time has come.
    fn due(self, now: Instant, start: Instant, sent: usize) -> Option<Instant> {
        let Self::PerSecond(rate) = self else {
            return Some(now);
        };
        let due = start + Duration::from_secs_f64(sent as f64 / f64::from(rate));
        (due <= now).then_some(due)
    }
}
