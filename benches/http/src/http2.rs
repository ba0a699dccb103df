//! Measures HTTP/2. h2load, a program of nghttp2, makes the requests, all of them for the short text.

use crate::Entry;
use crate::cores::Cores;
use crate::options::Options;
use crate::server::Server;
use std::io::{self, Error};
use std::process::Command;

/// The number of connections, and the number of concurrent requests on each.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) connections: u32,
    pub(crate) streams: u32,
}

pub(crate) const SHAPES: [Shape; 2] = [
    Shape {
        connections: 1,
        streams: 100,
    },
    Shape {
        connections: 64,
        streams: 8,
    },
];

/// The number of requests for each second of `--seconds`.
pub(crate) const REQUESTS: f64 = 60_000.0;

/// Measures the user and system time of the server per request, in µs, for each entry, each shape and each round.
pub(crate) fn measure(entries: &[Entry], options: &Options, cores: Cores) -> Vec<[Vec<f64>; 2]> {
    let mut turns = vec![[const { Vec::new() }; 2]; entries.len()];
    for round in 0..options.rounds {
        eprintln!("HTTP/2, round {} of {}", round + 1, options.rounds);
        for turn in 0..entries.len() {
            // Each round begins with a different server.
            let row = (turn + round) % entries.len();
            for (column, shape) in SHAPES.into_iter().enumerate() {
                match take_turn(&entries[row], shape, options.seconds, cores) {
                    Ok(cpu) => turns[row][column].push(cpu),
                    Err(why) => eprintln!("{}: {why}", entries[row].contender.key),
                }
            }
        }
    }
    turns
}

fn take_turn(entry: &Entry, shape: Shape, seconds: f64, cores: Cores) -> io::Result<f64> {
    let server = Server::start(&entry.program, cores)?;
    let requests = (seconds * REQUESTS) as u32;
    cost(&server, "http", shape, requests)
}

/// Measures the user and system time of the server per request, in µs.
pub(crate) fn cost(server: &Server, scheme: &str, shape: Shape, requests: u32) -> io::Result<f64> {
    let url = format!("{scheme}://{}/", server.address);
    load(&url, shape, requests / 4)?;
    let before = server.cpu_time()?;
    load(&url, shape, requests)?;
    let cpu = server.cpu_time()?.saturating_sub(before);
    Ok(cpu.as_secs_f64() * 1e6 / f64::from(requests))
}

/// Makes the requests, and fails unless all of them succeed.
fn load(url: &str, shape: Shape, requests: u32) -> io::Result<()> {
    let mut h2load = Command::new("h2load");
    h2load.args(["--threads", "1", "--requests", &requests.to_string()]);
    h2load.args(["--clients", &shape.connections.to_string()]);
    h2load.args(["--max-concurrent-streams", &shape.streams.to_string()]);
    let output = h2load.arg(url).output();
    let output = output.map_err(|why| Error::other(format!("h2load (nghttp2-client): {why}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.contains(&format!("{requests} 2xx")) {
        true => Ok(()),
        false => Err(Error::other(format!("not all requests succeed:\n{text}"))),
    }
}
