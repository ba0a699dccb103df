//! Allocations and instructions, which do not depend on the load of the machine.

use crate::contender::CONTENDERS;

/// The number of events that are emitted for counting. Under callgrind, each takes fifty times as long.
const SAMPLE: u32 = 1000;

/// Counts the heap allocations per event.
pub(crate) fn allocations(contender: usize, listeners: usize) -> f64 {
    let emitter = (CONTENDERS[contender].emitter)(listeners);
    emitter.pass(10);
    let counted = allocation_counter::measure(|| emitter.pass(SAMPLE));
    counted.count_total as f64 / f64::from(SAMPLE)
}

/// Runs the pass that is counted, in the child process that runs under callgrind.
pub(crate) fn sample(contender: usize, listeners: usize) {
    (CONTENDERS[contender].emitter)(listeners).pass(SAMPLE);
}

/// Counts the instructions per event, including those of the listeners.
pub(crate) fn instructions(contender: usize, listeners: usize) -> Result<f64, String> {
    let arguments = ["sample", &contender.to_string(), &listeners.to_string()];
    let total = measure::instructions("*AnyEmitter*pass*", &arguments)?;
    Ok(total / f64::from(SAMPLE))
}
