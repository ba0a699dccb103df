//! The memory of idle connections, after one request each.

use crate::Entry;
use crate::answer;
use crate::cores::Cores;
use crate::requests::Kind;
use crate::server::Server;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use std::io::{self, ErrorKind, Read};
use std::net::TcpStream;

pub(crate) struct Idle {
    /// The resident memory after one request, in bytes.
    pub(crate) before: f64,
    /// The resident memory with all connections open, in bytes.
    pub(crate) with: f64,
    pub(crate) connections: usize,
}

const CONNECTIONS: usize = 10_000;

/// The number of files that a process has open in addition to its connections.
const OTHERS: usize = 100;

pub(crate) fn measure(entries: &[&Entry], cores: Cores) -> io::Result<Vec<Option<Idle>>> {
    let connections = room()?.min(CONNECTIONS);
    if connections < CONNECTIONS {
        eprintln!("the limit of open files allows {connections} connections, not {CONNECTIONS}");
    }
    let all = entries.iter().map(|entry| {
        eprintln!("idle: {}", entry.contender.key);
        of_one(entry, cores, connections)
            .inspect_err(|why| eprintln!("idle connections: {why}"))
            .ok()
    });
    Ok(all.collect())
}

/// Raises the limit of open files as far as possible, and returns the number of connections that a process may then
/// have. The servers inherit this limit.
pub(crate) fn room() -> io::Result<usize> {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard)?;
    let hard = usize::try_from(hard).unwrap_or(usize::MAX);
    Ok(hard.saturating_sub(OTHERS))
}

fn of_one(entry: &Entry, cores: Cores, connections: usize) -> io::Result<Idle> {
    let kind = Kind::all()[0];
    let server = Server::start(&entry.program, cores)?;
    answer::check(server.address, kind)?;
    let before = server.resident()?;
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        let mut stream = answer::connect(server.address)?;
        answer::ask(&mut stream, &kind.bytes(), &kind.expected())?;
        open.push(stream);
    }
    let with = server.resident()?;
    for stream in &mut open {
        stays_open(stream)?;
    }
    Ok(Idle {
        before: before as f64,
        with: with as f64,
        connections,
    })
}

/// Checks that a connection is still open: a closed connection would not have been in the server's memory.
fn stays_open(stream: &mut TcpStream) -> io::Result<()> {
    stream.set_nonblocking(true)?;
    match stream.read(&mut [0]) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
        _ => Err(io::Error::other("the server closed a connection too early")),
    }
}
