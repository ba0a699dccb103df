//! Counting and timing, shared by the benchmarks.

use nix::time::{ClockId, clock_gettime};
use std::env;
use std::process::Command;
use std::time::Duration;

/// Returns the processor time of this thread: a wall clock would also count the time of other processes.
pub fn busy() -> Duration {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
    time.expect("the operating system counts the time of a thread")
        .into()
}

/// Returns the processor time of all threads of this process.
pub fn busy_process() -> Duration {
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID);
    time.expect("the operating system counts the time of a process")
        .into()
}

/// Returns the median of an odd number of times.
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Runs this program with these arguments under callgrind, and returns the number of instructions that it executes
/// inside functions whose names match `function`. `Err` contains the reason if there is no number.
pub fn instructions(function: &str, arguments: &[&str]) -> Result<f64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect={function}"))
        .arg(program)
        .args(arguments)
        .output()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    let total = collected(&stderr).filter(|_| output.status.success());
    total.ok_or_else(|| {
        format!(
            "valgrind failed: {}",
            stderr.lines().last().unwrap_or_default()
        )
    })
}

/// Reads the number of instructions from the line `==7== Collected : 48213`.
fn collected(stderr: &str) -> Option<f64> {
    let line = stderr.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}
