//! Goodput under overload: the responses per second that arrive before their clients give up, when three times as many
//! requests are sent as the server can handle.
//!
//! ```text
//! overload                     the table; five rounds of eight seconds for each server
//! overload --rounds 1          fewer rounds
//! overload serve NAME          a server on a free port, which it prints
//! ```
//!
//! The handler computes for 2 ms. The server has one core, this program another one. Linux only: it uses `taskset`.

mod load;
mod servers;

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use measure::median;

use crate::load::{Outcome, closed, open};

/// The ratio of the requests that are sent to those that the server can handle.
const OVERLOAD: f64 = 3.0;

/// The time after which a client gives up.
pub(crate) const PATIENCE: Duration = Duration::from_millis(250);

const SECONDS: Duration = Duration::from_secs(8);

const SERVERS: [(&str, &str); 4] = [
    ("onward-shed", "Onward, `shed_latency(20 ms)`"),
    (
        "onward-queue",
        "Onward, the same and `max_concurrent_requests(1)`",
    ),
    ("onward", "Onward without limits"),
    ("axum", "axum without limits"),
];

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve", name] => servers::serve(name),
        ["--rounds", rounds] => compare(rounds.parse().map_err(io::Error::other)?),
        [] => compare(5),
        _ => Err(io::Error::other("usage: overload [--rounds N]")),
    }
}

fn compare(rounds: usize) -> io::Result<()> {
    let mut measured: Vec<Vec<(f64, Outcome)>> = vec![Vec::new(); SERVERS.len()];
    for round in 0..rounds {
        for ((name, _), measured) in SERVERS.iter().zip(&mut measured) {
            let server = Server::start(name)?;
            let run = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let peak = run.block_on(closed(server.addr, SECONDS / 2));
            let outcome = run.block_on(open(server.addr, peak * OVERLOAD, SECONDS));
            eprintln!("round {round}: {name}: peak {peak:.0}/s, {outcome:?}");
            measured.push((peak, outcome));
        }
    }
    println!(
        "| server | peak, responses/s | offered/s | goodput/s | of its peak | 503/s | gave up/s | latency of the goodput, median and 99th percentile |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for ((_, name), measured) in SERVERS.iter().zip(measured) {
        let of = |value: fn(&(f64, Outcome)) -> f64| median(measured.iter().map(value).collect());
        println!(
            "| {name} | {:.0} | {:.0} | {:.0} | {:.0}% | {:.0} | {:.0} | {:.0} ms, {:.0} ms |",
            of(|it| it.0),
            of(|it| it.1.offered),
            of(|it| it.1.good),
            of(|it| 100.0 * it.1.good / it.0),
            of(|it| it.1.rejected),
            of(|it| it.1.gave_up),
            of(|it| it.1.median),
            of(|it| it.1.percentile_99),
        );
    }
    Ok(())
}

/// A server in a process on the first core. This process moves to the second one.
struct Server {
    process: Child,
    addr: SocketAddr,
}

impl Server {
    fn start(name: &str) -> io::Result<Self> {
        let this = std::process::id().to_string();
        Command::new("taskset")
            .args(["-a", "-c", "-p", "1", &this])
            .stdout(Stdio::null())
            .status()?;
        let mut process = Command::new("taskset")
            .args(["-c", "0"])
            .arg(std::env::current_exe()?)
            .args(["serve", name])
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let addr = line.trim().parse().map_err(io::Error::other)?;
        Ok(Self { process, addr })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that the process has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
