//! Allocations and instructions, which do not depend on the load of the machine.

use crate::order::spread;
use crate::requests::Request;
use crate::router::AnyRouter;

/// The number of requests that are looked up for counting. Under callgrind, each takes fifty times as long.
const SAMPLE: usize = 500;

/// The kind of requests that are looked up, which is an argument of the child process.
#[derive(Clone, Copy)]
pub(crate) enum Set {
    Hits,
    Misses,
}

/// Counts the heap allocations per lookup.
pub(crate) fn allocations(router: &dyn AnyRouter, requests: &[Request]) -> f64 {
    let order = spread(requests.len(), SAMPLE);
    let counted = allocation_counter::measure(|| router.pass(requests, &order));
    counted.count_total as f64 / order.len() as f64
}

/// Runs the pass that is counted, in the child process that runs under callgrind.
pub(crate) fn sample(router: &dyn AnyRouter, requests: &[Request]) {
    router.pass(requests, &spread(requests.len(), SAMPLE));
}

/// Counts the instructions per lookup: runs this program again under callgrind, which counts only inside `pass`. `Err`
/// contains the reason if there is no number.
pub(crate) fn instructions(
    table: usize,
    router: usize,
    set: Set,
    requests: usize,
) -> Result<f64, String> {
    let word = match set {
        Set::Hits => "hits",
        Set::Misses => "misses",
    };
    let arguments = ["sample", &table.to_string(), &router.to_string(), word];
    let total = measure::instructions("*AnyRouter*pass*", &arguments)?;
    Ok(total / requests.min(SAMPLE) as f64)
}
