//! Nanoseconds per event.

use crate::contender::{AnyEmitter, CONTENDERS};
use measure::{busy, median};
use std::time::Duration;

/// The number of rounds, each of which times every emitter. It is odd, so that there is a median.
const ROUNDS: usize = 15;
/// The approximate time that one emitter is timed for in one round.
const SLICE: Duration = Duration::from_millis(3);

/// Measures the nanoseconds per event, and returns the median of the rounds for each emitter.
pub(crate) fn time(listeners: usize) -> Vec<f64> {
    let all = CONTENDERS.iter().map(|it| (it.emitter)(listeners));
    let emitters: Vec<(Box<dyn AnyEmitter>, u32)> = all
        .map(|emitter| {
            nanoseconds(emitter.as_ref(), 100);
            let one = nanoseconds(emitter.as_ref(), 100);
            let times = (SLICE.as_nanos() as f64 / one).clamp(100.0, 1e7);
            (emitter, times as u32)
        })
        .collect();
    let mut rounds = vec![Vec::new(); emitters.len()];
    for _ in 0..ROUNDS {
        for (times, (emitter, passes)) in rounds.iter_mut().zip(&emitters) {
            times.push(nanoseconds(emitter.as_ref(), *passes));
        }
    }
    rounds.into_iter().map(median).collect()
}

fn nanoseconds(emitter: &dyn AnyEmitter, times: u32) -> f64 {
    let start = busy();
    // The counting allocator costs less while it is disabled.
    allocation_counter::opt_out(|| emitter.pass(times));
    (busy() - start).as_nanos() as f64 / f64::from(times)
}
