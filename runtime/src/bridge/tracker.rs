//! The sequence numbers of the other replicas.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::event::{GapCause, Missed};
use super::frame::replica;

/// The maximum number of replicas that are remembered. The one that was silent for the longest time is forgotten first.
const MAX_REPLICAS: usize = 1024;

/// Finds events that were missed or received twice.
///
/// # Invariants
///
/// 1. The events of a replica and epoch are accepted in ascending order, each at most once.
/// 2. An event that was not accepted before a later one is part of a hole that was reported.
pub(super) struct Tracker {
    replicas: HashMap<String, Progress>,
    /// How long an open replica may send nothing.
    silence: Duration,
    /// The time of the first connection. A replica that is first seen soon after it may already
    /// have been running: see `accept`.
    joined: Option<Instant>,
}

struct Progress {
    /// The last sequence number that was accepted or reported as missed. `None` before the first one.
    seen: Option<u64>,
    heard: Instant,
    state: ReplicaState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ReplicaState {
    Open,
    /// It was reported as silent.
    Silent,
    Closed,
}

/// What to do with an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Emit,
    /// The number of events before it that were missed.
    EmitAfter(u64),
    /// It was emitted before, or a gap that includes it was reported.
    Ignore,
}

impl Tracker {
    pub(super) fn new(heartbeat: Duration) -> Self {
        Self {
            replicas: HashMap::new(),
            silence: heartbeat.saturating_mul(3),
            joined: None,
        }
    }

    /// Begins to measure silence, after a connection was established.
    pub(super) fn connected(&mut self, now: Instant) {
        self.joined.get_or_insert(now);
        for progress in self.replicas.values_mut() {
            progress.heard = now;
        }
    }

    /// Whether replicas that were already running may still be unknown.
    ///
    /// Once this returns `false`, all of them have sent a heartbeat.
    fn is_joining(&self, now: Instant) -> bool {
        self.joined.is_none_or(|it| now - it < self.silence)
    }

    fn progress(&mut self, identity: &str, now: Instant) -> &mut Progress {
        if !self.replicas.contains_key(identity) {
            if self.replicas.len() >= MAX_REPLICAS {
                self.forget_oldest();
            }
            let new = Progress {
                seen: None,
                heard: now,
                state: ReplicaState::Open,
            };
            self.replicas.insert(identity.to_owned(), new);
        }
        self.replicas
            .get_mut(identity)
            .expect("it was inserted above")
    }

    fn forget_oldest(&mut self) {
        let oldest = self.replicas.iter().min_by_key(|(_, it)| it.heard);
        if let Some(identity) = oldest.map(|(identity, _)| identity.clone()) {
            self.replicas.remove(&identity);
        }
    }

    /// Decides what to do with the next event of a replica.
    pub(super) fn accept(&mut self, identity: &str, sequence: u64, now: Instant) -> Verdict {
        let is_joining = self.is_joining(now);
        let progress = self.progress(identity, now);
        progress.hear(now);
        let missed = match progress.seen {
            Some(seen) if sequence <= seen => return Verdict::Ignore,
            Some(seen) => sequence - seen - 1,
            // Events that a replica sent before this one was started do not count as missed.
            None if is_joining => 0,
            None => sequence.saturating_sub(1),
        };
        progress.seen = Some(sequence);
        match missed {
            0 => Verdict::Emit,
            missed => Verdict::EmitAfter(missed),
        }
    }

    /// Processes the end of a frame. Returns the number of events up to its tip that were missed.
    pub(super) fn finish(
        &mut self,
        identity: &str,
        tip: u64,
        is_closed: bool,
        now: Instant,
    ) -> Option<u64> {
        let is_joining = self.is_joining(now);
        let progress = self.progress(identity, now);
        progress.hear(now);
        let seen = match progress.seen {
            Some(seen) => seen,
            None if is_joining => tip,
            None => 0,
        };
        progress.seen = Some(seen.max(tip));
        if is_closed {
            progress.state = ReplicaState::Closed;
        }
        tip.checked_sub(seen).filter(|missed| *missed > 0)
    }

    /// Returns the replicas that have become silent. It is called when all frames in the engine have been read.
    pub(super) fn silent(&mut self, now: Instant) -> Vec<Missed> {
        let mut silent = Vec::new();
        for (identity, progress) in &mut self.replicas {
            let is_over = now - progress.heard > self.silence;
            if progress.state == ReplicaState::Open && is_over {
                progress.state = ReplicaState::Silent;
                let name = Some(replica(identity));
                silent.push(Missed::new(name, None, GapCause::Silent));
            }
        }
        silent
    }
}

impl Progress {
    fn hear(&mut self, now: Instant) {
        self.heard = now;
        if self.state == ReplicaState::Silent {
            self.state = ReplicaState::Open;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEAT: Duration = Duration::from_secs(1);

    fn joined() -> (Tracker, Instant) {
        let mut tracker = Tracker::new(BEAT);
        let start = Instant::now();
        tracker.connected(start);
        (tracker, start + 4 * BEAT)
    }

    #[test]
    fn holes_are_counted_and_duplicates_ignored() {
        let (mut tracker, now) = joined();
        assert_eq!(tracker.accept("a 1", 1, now), Verdict::Emit);
        assert_eq!(tracker.accept("a 1", 4, now), Verdict::EmitAfter(2));
        assert_eq!(tracker.accept("a 1", 3, now), Verdict::Ignore);
        assert_eq!(tracker.accept("a 1", 4, now), Verdict::Ignore);
        assert_eq!(tracker.finish("a 1", 6, false, now), Some(2));
        assert_eq!(tracker.finish("a 1", 5, false, now), None);
        assert_eq!(tracker.accept("a 1", 7, now), Verdict::Emit);
        assert_eq!(
            tracker.accept("a 2", 3, now),
            Verdict::EmitAfter(2),
            "another epoch"
        );
        assert_eq!(tracker.finish("b 1", 2, false, now), Some(2));
    }

    #[test]
    fn what_was_sent_before_the_start_is_not_missed() {
        let (mut tracker, now) = joined();
        let early = now - 3 * BEAT;
        assert_eq!(tracker.accept("a 1", 50, early), Verdict::Emit);
        assert_eq!(tracker.accept("a 1", 52, early), Verdict::EmitAfter(1));
        assert_eq!(tracker.finish("b 1", 9, false, early), None);
        assert_eq!(tracker.accept("b 1", 10, now), Verdict::Emit);
    }

    #[test]
    fn a_replica_that_disappears_is_reported_once_and_a_closed_one_never() {
        let (mut tracker, now) = joined();
        tracker.finish("a 1", 0, false, now);
        tracker.finish("b 1", 0, true, now);
        assert!(tracker.silent(now + 3 * BEAT).is_empty());
        let later = now + 4 * BEAT;
        let missed = Missed::new(Some("a"), None, GapCause::Silent);
        assert_eq!(tracker.silent(later), [missed]);
        assert!(tracker.silent(later).is_empty());
        assert_eq!(tracker.accept("a 1", 1, later), Verdict::Emit);
        assert_eq!(
            tracker.silent(later + 4 * BEAT).len(),
            1,
            "it was heard again"
        );
    }

    #[test]
    fn the_number_of_replicas_is_bounded() {
        let (mut tracker, now) = joined();
        for number in 0..3000 {
            tracker.accept(&format!("a {number}"), 1, now + BEAT * number);
        }
        assert_eq!(tracker.replicas.len(), MAX_REPLICAS);
        assert_eq!(
            tracker.accept("a 2999", 1, now + BEAT * 3000),
            Verdict::Ignore
        );
    }
}
