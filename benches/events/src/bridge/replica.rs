//! A process that is measured.

use crate::contender::Program;
use crate::{Result, bare, carried};
use measure::busy_process;
use std::time::Duration;

/// Prints figures, which the program that has started this process reads.
pub(crate) struct Meter {
    events: u64,
    busy: Duration,
}

impl Meter {
    /// Prints that everything is connected, and begins to measure.
    pub(crate) fn start(events: u64) -> Self {
        println!("ready");
        let busy = busy_process();
        Self { events, busy }
    }

    /// Takes the number of events that were sent or received so far, and prints the figures that are due.
    pub(crate) fn count(&self, count: u64) {
        let Self { events, busy } = *self;
        if [events / 10, events / 2, events].contains(&count) {
            println!("memory {}", memory());
        }
        if count == events {
            println!("busy {}", (busy_process() - busy).as_micros());
        }
    }
}

/// Returns the resident memory of this process, in bytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

#[tokio::main]
pub(crate) async fn run(program: &str, role: &str, url: &str, events: u64) -> Result {
    let program = Program::parse(program).ok_or("no such program")?;
    let (is_sender, url) = (role == "send", url.to_owned());
    // The work runs on a worker thread of the runtime, as the handlers of a server do, and not on the main thread.
    let running = tokio::spawn(async move {
        match program {
            Program::Emit | Program::EmitConfirmed if is_sender => {
                carried::send(program, &url, events).await
            }
            Program::Emit | Program::EmitConfirmed => carried::receive(&url, events).await,
            _ if is_sender => bare::send(program, &url, events).await,
            _ => bare::receive(program, &url, events).await,
        }
    });
    running.await??;
    // The other process may still need this one, so this one runs until it is killed.
    std::future::pending().await
}
