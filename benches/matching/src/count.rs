//! What can be counted, and does not depend on the machine's mood: allocations and instructions.

use crate::order::spread;
use crate::requests::Request;
use crate::router::AnyRouter;
use std::env;
use std::process::Command;

/// How many requests are looked up for counting. Under callgrind they take fifty times as long.
const SAMPLE: usize = 500;

/// Which requests: the word on the command line of the child.
#[derive(Clone, Copy)]
pub(crate) enum Set {
    Hits,
    Misses,
}

/// Heap allocations per lookup.
pub(crate) fn allocations(router: &dyn AnyRouter, requests: &[Request]) -> f64 {
    let order = spread(requests.len(), SAMPLE);
    let counted = allocation_counter::measure(|| router.pass(requests, &order));
    counted.count_total as f64 / order.len() as f64
}

/// The pass that is counted, in the child that runs under callgrind.
pub(crate) fn sample(router: &dyn AnyRouter, requests: &[Request]) {
    router.pass(requests, &spread(requests.len(), SAMPLE));
}

/// Instructions per lookup: this program again, under callgrind, which counts inside of `pass` only. `Err` tells why
/// there is no number.
pub(crate) fn instructions(
    table: usize,
    router: usize,
    set: Set,
    requests: usize,
) -> Result<f64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let word = match set {
        Set::Hits => "hits",
        Set::Misses => "misses",
    };
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*AnyRouter*pass*",
        ])
        .arg(program)
        .args(["sample", &table.to_string(), &router.to_string(), word])
        .output()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let total = collected(&said).filter(|_| output.status.success());
    let total = total.ok_or_else(|| {
        format!(
            "valgrind failed: {}",
            said.lines().last().unwrap_or_default()
        )
    })?;
    Ok(total / requests.min(SAMPLE) as f64)
}

/// `==7== Collected : 48213`
fn collected(said: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}
