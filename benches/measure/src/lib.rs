//! What the benches have in common: how they count and time.

use nix::time::{ClockId, clock_gettime};
use std::env;
use std::process::Command;
use std::time::Duration;

/// How long this thread has run: where others want the processor too, a clock on the wall would time them as well.
pub fn busy() -> Duration {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
    time.expect("the system counts the time of a thread").into()
}

/// Of an odd number of times.
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// How many instructions this program takes inside of the functions whose names fit `function`, when it is run with
/// these arguments under callgrind. `Err` tells why there is no number.
pub fn instructions(function: &str, arguments: &[&str]) -> Result<f64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect={function}"))
        .arg(program)
        .args(arguments)
        .output()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let total = collected(&said).filter(|_| output.status.success());
    total.ok_or_else(|| {
        format!(
            "valgrind failed: {}",
            said.lines().last().unwrap_or_default()
        )
    })
}

/// `==7== Collected : 48213`
fn collected(said: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}
