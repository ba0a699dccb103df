//! Connections that perform a handshake and make one request, whose response shows that the server has completed the
//! handshake.

use super::client::Client;
use crate::answer;
use crate::requests::{Expected, Kind};
use crate::server::Server;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// The number of concurrent clients. Each has a thread, which opens its connections one after another.
const CLIENTS: usize = 16;

/// Measures the user and system time of the server per connection, in µs.
pub(super) fn cost(server: &Server, client: &Client, seconds: f64) -> io::Result<f64> {
    let time = Duration::from_secs_f64(seconds);
    make(server.address, client, time / 4)?;
    let before = server.cpu_time()?;
    let count = make(server.address, client, time)?;
    let cpu = server.cpu_time()?.saturating_sub(before);
    Ok(cpu.as_secs_f64() * 1e6 / count as f64)
}

/// Makes connections for this time, and returns their number.
fn make(address: SocketAddr, client: &Client, time: Duration) -> io::Result<usize> {
    let expected = Kind::all()[0].expected();
    let start = Instant::now();
    let repeat = || -> io::Result<usize> {
        let mut count = 0;
        while start.elapsed() < time {
            once(address, client, &expected)?;
            count += 1;
        }
        Ok(count)
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(repeat)).collect();
        let counts = threads.into_iter().map(|it| it.join().expect("no panic"));
        counts.sum()
    })
}

fn once(address: SocketAddr, client: &Client, expected: &Expected) -> io::Result<()> {
    let mut stream = client.connect(address)?;
    answer::ask(&mut stream, REQUEST, expected)?;
    // Some servers close the connection without an alert.
    let _ = stream.read(&mut [0]);
    Ok(())
}
