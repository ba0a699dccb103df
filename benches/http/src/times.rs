//! Measures times. Times depend on the load of the machine, so every server is measured in each of several rounds.

use crate::Entry;
use crate::cores::Cores;
use crate::load::{Done, Load, Pace, Until};
use crate::options::Options;
use crate::requests::Kind;
use crate::server::Server;
use std::io;
use std::time::Duration;

/// The measurements of one turn.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    /// User and system time of the server per request, in µs.
    pub(crate) cpu: f64,
    pub(crate) per_second: f64,
    /// The median and the 99th percentile of the batches, in µs.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// The turns of one contender with one kind of request.
pub(crate) type Turns = Vec<Turn>;

const CONNECTIONS: usize = 64;

/// The fixed rate of [`paced`], in requests per second over all connections.
pub(crate) const RATE: u32 = 5_000;

/// Measures as many requests as the server can handle, for each entry and each kind of request.
pub(crate) fn full_load(entries: &[&Entry], options: &Options, cores: Cores) -> Vec<Vec<Turns>> {
    rounds(entries, &options.kinds, Pace::AtOnce, options, cores)
}

/// Measures the latency below full load, at a rate that all servers can handle.
pub(crate) fn paced(entries: &[&Entry], options: &Options, cores: Cores) -> Vec<Vec<Turns>> {
    let kinds: Vec<Kind> = options
        .kinds
        .iter()
        .copied()
        .filter(|it| it.pipelined == 1)
        .collect();
    rounds(entries, &kinds, Pace::PerSecond(RATE), options, cores)
}

fn rounds(
    entries: &[&Entry],
    kinds: &[Kind],
    pace: Pace,
    options: &Options,
    cores: Cores,
) -> Vec<Vec<Turns>> {
    let mut turns = vec![vec![Turns::new(); kinds.len()]; entries.len()];
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        let servers: Vec<io::Result<Server>> = entries
            .iter()
            .map(|entry| start(entry, kinds, cores))
            .collect();
        for (column, kind) in kinds.iter().enumerate() {
            for turn in 0..entries.len() {
                // Each round begins with a different server.
                let row = (turn + round) % entries.len();
                let done = match &servers[row] {
                    Ok(server) => take_turn(server, *kind, pace, options.seconds),
                    Err(why) => Err(io::Error::other(why.to_string())),
                };
                match done {
                    Ok(done) => turns[row][column].push(done),
                    Err(why) => eprintln!("{}, {}: {why}", entries[row].contender.key, kind.key()),
                }
            }
        }
    }
    turns
}

/// Starts a server. If it has a just-in-time compiler, warms it up.
fn start(entry: &Entry, kinds: &[Kind], cores: Cores) -> io::Result<Server> {
    let server = Server::start(&entry.program, cores)?;
    if entry.program.compiles_itself {
        for kind in kinds {
            let mut load = Load::new(server.address, *kind, CONNECTIONS)?;
            load.run(Until::After(Duration::from_millis(300)), Pace::AtOnce)?;
        }
    }
    Ok(server)
}

fn take_turn(server: &Server, kind: Kind, pace: Pace, seconds: f64) -> io::Result<Turn> {
    let time = Duration::from_secs_f64(seconds);
    let mut load = Load::new(server.address, kind, CONNECTIONS)?;
    load.run(Until::After(time / 4), pace)?;
    let before = server.cpu_time()?;
    let done: Done = load.run(Until::After(time), pace)?;
    let cpu = server.cpu_time()?.saturating_sub(before);
    let requests = done.requests as f64;
    Ok(Turn {
        cpu: cpu.as_secs_f64() * 1e6 / requests,
        per_second: requests / done.took.as_secs_f64(),
        p50: done.percentile(50),
        p99: done.percentile(99),
    })
}
