//! The sequence numbers of the other replicas.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::event::{GapCause, Missed};
use super::frame::replica;

/// The maximum number of replicas that are remembered. The one that has been silent the longest is forgotten first.
const MAX_REPLICAS: usize = 1024;

/// A tracker that finds events that were missed or received twice.
///
/// # Invariants
///
/// 1. The events of a replica and epoch are accepted in ascending order, each at most once.
/// 2. An event that was not accepted before a later one is part of a hole that was reported.
pub(super) struct Tracker {
    replicas: HashMap<String, Progress>,
    /// How long an open replica may send nothing.
    silence: Duration,
    /// When this replica was connected for the first time.
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
    /// The replica was reported as silent.
    Silent,
    Closed,
}

/// The decision about an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Emit,
    /// The event is emitted, after a gap for the events that were missed before it.
    EmitAfter(Missed),
    /// The event was emitted before, or a gap that includes it was reported.
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

    /// Restarts the measurement of silence after a connection was established.
    pub(super) fn connected(&mut self, now: Instant) {
        self.joined.get_or_insert(now);
        for progress in self.replicas.values_mut() {
            progress.heard = now;
        }
    }

    /// Returns whether a replica that was already running may still be unknown. Each running replica sends at least a
    /// heartbeat within `silence`.
    fn is_joining(&self, now: Instant) -> bool {
        self.joined.is_none_or(|it| now - it < self.silence)
    }

    fn forget_oldest(&mut self) {
        let oldest = self.replicas.iter().min_by_key(|(_, it)| it.heard);
        if let Some(identity) = oldest.map(|(identity, _)| identity.clone()) {
            self.replicas.remove(&identity);
        }
    }

    /// Returns `true` if a frame of this replica was received, or if there are so many replicas that it may have been
    /// forgotten.
    pub(super) fn knows(&self, identity: &str) -> bool {
        self.replicas.contains_key(identity) || self.replicas.len() >= MAX_REPLICAS
    }

    /// Returns the replica that has sent a frame, and adds it if it is new.
    pub(super) fn sender<'a>(&'a mut self, identity: &'a str, now: Instant) -> Sender<'a> {
        let is_joining = self.is_joining(now);
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
        let progress = self.replicas.get_mut(identity);
        let progress = progress.expect("it was inserted above");
        progress.heard = now;
        if progress.state == ReplicaState::Silent {
            progress.state = ReplicaState::Open;
        }
        Sender {
            identity,
            progress,
            is_joining,
        }
    }

    /// Returns an entry for each replica that has become silent. Call this when all frames in the engine have been
    /// read.
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

/// The replica that has sent a frame.
pub(super) struct Sender<'a> {
    identity: &'a str,
    progress: &'a mut Progress,
    is_joining: bool,
}

impl Sender<'_> {
    /// Decides what to do with the next event.
    pub(super) fn accept(&mut self, sequence: u64) -> Verdict {
        if self.progress.seen.is_some_and(|seen| sequence <= seen) {
            return Verdict::Ignore;
        }
        let missed = self.hole(sequence.saturating_sub(1));
        self.progress.seen = Some(sequence);
        match missed {
            None => Verdict::Emit,
            Some(missed) => Verdict::EmitAfter(missed),
        }
    }

    /// Processes the end of the frame. Returns the events up to its tip that were missed.
    pub(super) fn finish(self, tip: u64, is_closed: bool) -> Option<Missed> {
        let missed = self.hole(tip);
        self.progress.seen = self.progress.seen.max(Some(tip));
        if is_closed {
            self.progress.state = ReplicaState::Closed;
        }
        missed
    }

    /// Returns the events up to `last` that were not seen.
    fn hole(&self, last: u64) -> Option<Missed> {
        let seen = self.progress.seen;
        let count = last.checked_sub(seen.unwrap_or(0)).filter(|it| *it > 0)?;
        let replica = Some(replica(self.identity));
        Some(match seen {
            // It is not known how many of the missed events were emitted before this replica was started.
            None if self.is_joining => Missed::new(replica, None, GapCause::Joined),
            _ => Missed::new(replica, Some(count), GapCause::Hole),
        })
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

    fn missed(replica: &str, count: u64) -> Missed {
        Missed::new(Some(replica), Some(count), GapCause::Hole)
    }

    #[test]
    fn holes_are_counted_and_duplicates_ignored() {
        let (mut tracker, now) = joined();
        assert_eq!(tracker.sender("a 1", now).accept(1), Verdict::Emit);
        let after_two = Verdict::EmitAfter(missed("a", 2));
        assert_eq!(tracker.sender("a 1", now).accept(4), after_two);
        assert_eq!(tracker.sender("a 1", now).accept(3), Verdict::Ignore);
        assert_eq!(tracker.sender("a 1", now).accept(4), Verdict::Ignore);
        assert_eq!(
            tracker.sender("a 1", now).finish(6, false),
            Some(missed("a", 2))
        );
        assert_eq!(tracker.sender("a 1", now).finish(5, false), None);
        assert_eq!(tracker.sender("a 1", now).accept(7), Verdict::Emit);
        assert_eq!(
            tracker.sender("a 2", now).accept(3),
            after_two,
            "another epoch"
        );
        assert_eq!(
            tracker.sender("b 1", now).finish(2, false),
            Some(missed("b", 2))
        );
    }

    #[test]
    fn earlier_events_of_a_running_replica_may_be_missed() {
        let (mut tracker, now) = joined();
        let early = now - 3 * BEAT;
        let before = |name| Missed::new(Some(name), None, GapCause::Joined);
        let after_others = Verdict::EmitAfter(before("a"));
        assert_eq!(tracker.sender("a 1", early).accept(50), after_others);
        let after_one = Verdict::EmitAfter(missed("a", 1));
        assert_eq!(tracker.sender("a 1", early).accept(52), after_one);
        assert_eq!(
            tracker.sender("b 1", early).finish(9, false),
            Some(before("b"))
        );
        assert_eq!(tracker.sender("b 1", now).accept(10), Verdict::Emit);
        assert_eq!(tracker.sender("c 1", early).finish(0, false), None);
        assert_eq!(tracker.sender("d 1", early).accept(1), Verdict::Emit);
    }

    #[test]
    fn a_replica_that_disappears_is_reported_once_and_a_closed_one_never() {
        let (mut tracker, now) = joined();
        tracker.sender("a 1", now).finish(0, false);
        tracker.sender("b 1", now).finish(0, true);
        assert!(tracker.silent(now + 3 * BEAT).is_empty());
        let later = now + 4 * BEAT;
        let missed = Missed::new(Some("a"), None, GapCause::Silent);
        assert_eq!(tracker.silent(later), [missed]);
        assert!(tracker.silent(later).is_empty());
        assert_eq!(tracker.sender("a 1", later).accept(1), Verdict::Emit);
        assert_eq!(
            tracker.silent(later + 4 * BEAT).len(),
            1,
            "it has sent a frame again"
        );
    }

    #[test]
    fn the_number_of_replicas_is_bounded() {
        let (mut tracker, now) = joined();
        for number in 0..3000 {
            tracker
                .sender(&format!("a {number}"), now + BEAT * number)
                .accept(1);
        }
        assert_eq!(tracker.replicas.len(), MAX_REPLICAS);
        assert_eq!(
            tracker.sender("a 2999", now + BEAT * 3000).accept(1),
            Verdict::Ignore
        );
    }
}
