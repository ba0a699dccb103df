//! Sheds load by latency, as CoDel does (RFC 8289).
//!
//! The latency of a request is the time from its receipt to the start of its handler. If it stays above the target for
//! a whole interval, there is a standing queue and not just a burst: the server is overloaded. Every request whose
//! latency is above the target is then rejected, until none has been above it for an interval.
//!
//! CPU-bound handlers keep the runtime from reading further requests, so the time for which those requests wait would
//! not be measured. Therefore only as many handlers start at a time as there are processors, and each start waits until
//! all input that has arrived has been read.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::http::sync::lock;

/// How long the latency must stay above the target, or below it, before the state of the server changes.
const INTERVAL: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub(super) struct LatencyGate {
    target: Duration,
    starts: Arc<Semaphore>,
    state: Mutex<LatencyState>,
}

#[derive(Debug, Default)]
enum LatencyState {
    /// The latency of the latest request was not above the target.
    #[default]
    Below,
    /// Latencies have been above the target: the times of the first and of the latest such request.
    Above(Instant, Instant),
    /// Latencies have been above the target for an interval: the time of the latest such request.
    Overloaded(Instant),
}

impl LatencyGate {
    pub(super) fn new(target: Duration) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            target,
            starts: Arc::new(Semaphore::new(processors)),
            state: Mutex::default(),
        }
    }

    /// Waits until a handler may start. Returns a permit, which is held until the handler has started, or `None` if
    /// the request is rejected. `received` is the time at which the request was received.
    pub(super) async fn pass(&self, received: Instant) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed.
        let permit = Arc::clone(&self.starts).acquire_owned().await.ok()?;
        // When a task yields, tokio polls for input before it resumes the task.
        tokio::task::yield_now().await;
        let now = Instant::now();
        self.admits(now - received, now).then_some(permit)
    }

    fn admits(&self, latency: Duration, now: Instant) -> bool {
        let mut state = lock(&self.state);
        let is_above = latency > self.target;
        *state = match *state {
            LatencyState::Overloaded(latest) if is_above || now - latest < INTERVAL => {
                LatencyState::Overloaded(if is_above { now } else { latest })
            }
            LatencyState::Above(since, latest) if is_above && now - latest < INTERVAL => {
                match now - since < INTERVAL {
                    true => LatencyState::Above(since, now),
                    false => LatencyState::Overloaded(now),
                }
            }
            _ if is_above => LatencyState::Above(now, now),
            _ => LatencyState::Below,
        };
        !(is_above && matches!(*state, LatencyState::Overloaded(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: Duration = Duration::from_millis(20);

    /// Returns which of these requests are admitted. A request is given as the time at which it starts and its latency,
    /// both in milliseconds.
    fn admitted(requests: &[(u64, u64)]) -> Vec<bool> {
        let gate = LatencyGate::new(TARGET);
        let start = Instant::now();
        let admit = |&(at, latency)| {
            let now = start + Duration::from_millis(at);
            gate.admits(Duration::from_millis(latency), now)
        };
        requests.iter().map(admit).collect()
    }

    #[test]
    fn a_burst_is_admitted() {
        let requests = [(0, 21), (50, 99), (99, 99), (100, 20), (101, 99), (199, 99)];
        assert_eq!(admitted(&requests), [true; 6]);
    }

    #[test]
    fn a_standing_queue_is_shed_above_the_target() {
        let requests = [(0, 21), (60, 21), (100, 21), (110, 20), (111, 21), (112, 1)];
        let expected = [true, true, false, true, false, true];
        assert_eq!(admitted(&requests), expected);
    }

    #[test]
    fn overload_ends_after_an_interval_below_the_target() {
        let requests = [(0, 21), (60, 21), (100, 21), (150, 1), (200, 1), (201, 99)];
        let expected = [true, true, false, true, true, true];
        assert_eq!(admitted(&requests), expected);
    }

    #[test]
    fn separate_slow_starts_are_not_a_standing_queue() {
        let requests = [(0, 99), (100, 99), (200, 99), (300, 99)];
        assert_eq!(admitted(&requests), [true; 4]);
    }
}
