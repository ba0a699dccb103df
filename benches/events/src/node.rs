//! Node's own emitter, timed by Node.

use std::process::Command;

/// Measures the nanoseconds per event for each number of listeners. `Err` contains the reason if there is no result.
pub(crate) fn nanoseconds(listeners: &[usize]) -> Result<Vec<f64>, String> {
    let counts = listeners.iter().map(usize::to_string);
    let output = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/src/emitter.js"))
        .args(counts)
        .output()
        .map_err(|error| format!("it does not start: {error}"))?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let times: Vec<f64> = stdout
        .lines()
        .filter_map(|line| line.parse().ok())
        .collect();
    if times.len() == listeners.len() {
        Ok(times)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
