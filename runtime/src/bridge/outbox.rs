//! The events that are waiting to be sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot, watch};
use tokio::time::{Instant, timeout_at};

use super::event::DropReason;
use super::frame::{self, OVERHEAD};

/// The maximum number of events in a frame.
const MAX_EVENTS: usize = 256;

/// The maximum length of a frame with more than one event, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// An event that is waiting to be sent.
pub(super) struct Queued {
    /// The set and the event: `ShopEvents Sold`.
    pub(super) name: Arc<str>,
    pub(super) version: u32,
    pub(super) sequence: u64,
    pub(super) payload: Vec<u8>,
    /// Notified when the engine has stored the event.
    pub(super) stored: Option<oneshot::Sender<()>>,
}

/// The content of the next frame.
pub(super) struct Batch {
    pub(super) events: Vec<Queued>,
    pub(super) tip: u64,
    /// Whether this is the last frame.
    pub(super) is_closed: bool,
}

/// The bounded queue between the callers of `emit` and the task that sends.
///
/// An event that is dropped keeps its sequence number, so that other replicas notice that they missed it.
pub(super) struct Outbox {
    state: Mutex<OutboxState>,
    /// Notified when there is something to send.
    filled: Notify,
    /// Notified when there is room.
    room: Notify,
    /// Whether the last frame was sent.
    flushed: watch::Sender<bool>,
    /// The maximum length of a frame that the engine accepts, in bytes.
    max_frame: usize,
}

struct OutboxState {
    events: VecDeque<Queued>,
    /// The number of events in the frame that is being sent.
    in_flight: usize,
    capacity: usize,
    /// The last sequence number that was assigned.
    tip: u64,
    /// Whether the tip must be sent to the other replicas: events after the last queued one were dropped, or it is time
    /// for a heartbeat.
    must_announce: bool,
    is_closed: bool,
    /// Whether events that cannot be sent at once are discarded.
    is_abandoned: bool,
}

impl Outbox {
    pub(super) fn new(capacity: usize, max_frame: usize) -> Self {
        Self {
            state: Mutex::new(OutboxState {
                events: VecDeque::new(),
                in_flight: 0,
                capacity,
                tip: 0,
                // The first frame announces this replica.
                must_announce: true,
                is_closed: false,
                is_abandoned: false,
            }),
            filled: Notify::new(),
            room: Notify::new(),
            flushed: watch::Sender::new(false),
            max_frame,
        }
    }

    fn lock(&self) -> MutexGuard<'_, OutboxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_capacity(&self, capacity: usize) {
        self.lock().capacity = capacity.max(1);
        self.room.notify_waiters();
    }

    /// Queues an event, unless it is too large, there is no room, or the bridge is closed.
    pub(super) fn push(
        &self,
        name: &Arc<str>,
        version: u32,
        payload: Vec<u8>,
    ) -> Result<(), DropReason> {
        let mut state = self.lock();
        let reason = match () {
            () if state.is_closed => return Err(DropReason::Closed),
            () if payload.len() + OVERHEAD > self.max_frame => DropReason::TooLarge,
            () if state.events.len() >= state.capacity => DropReason::Full,
            () => {
                state.push(name, version, payload, None);
                drop(state);
                self.filled.notify_one();
                return Ok(());
            }
        };
        drop(state);
        self.lose();
        Err(reason)
    }

    /// Assigns a sequence number to an event that is not sent.
    pub(super) fn lose(&self) {
        self.lock().tip += 1;
        self.announce();
    }

    /// Makes the task send the last sequence number at once, even if there is no event.
    pub(super) fn announce(&self) {
        self.lock().must_announce = true;
        self.filled.notify_one();
    }

    /// Waits for room and queues an event. The receiver is notified when the engine has stored the event, and is closed
    /// if that will not happen.
    pub(super) async fn push_confirmed(
        &self,
        name: &Arc<str>,
        version: u32,
        payload: Vec<u8>,
    ) -> Result<oneshot::Receiver<()>, DropReason> {
        if payload.len() + OVERHEAD > self.max_frame {
            self.lose();
            return Err(DropReason::TooLarge);
        }
        loop {
            let room = self.room.notified();
            {
                let mut state = self.lock();
                if state.is_closed {
                    return Err(DropReason::Closed);
                }
                if state.events.len() < state.capacity {
                    let (sender, receiver) = oneshot::channel();
                    state.push(name, version, payload, Some(sender));
                    drop(state);
                    self.filled.notify_one();
                    return Ok(receiver);
                }
            }
            room.await;
        }
    }

    /// Waits until there is a frame to send: events, an announcement, a heartbeat or the last frame.
    pub(super) async fn next_batch(&self, heartbeat: Duration) -> Batch {
        let deadline = Instant::now() + heartbeat;
        loop {
            if let Some(batch) = self.take() {
                return batch;
            }
            if timeout_at(deadline, self.filled.notified()).await.is_err() {
                self.lock().must_announce = true;
            }
        }
    }

    fn take(&self) -> Option<Batch> {
        let mut state = self.lock();
        if state.events.is_empty() && !state.must_announce && !state.is_closed {
            return None;
        }
        let mut events = Vec::new();
        let limit = MAX_BYTES.min(self.max_frame);
        let mut bytes = frame::FIRST_LINE;
        while let Some(next) = state.events.front() {
            bytes += next.payload.len() + next.name.len() + frame::NUMBERS;
            if events.len() == MAX_EVENTS || !events.is_empty() && bytes > limit {
                break;
            }
            events.extend(state.events.pop_front());
        }
        let is_empty = state.events.is_empty();
        state.in_flight = events.len();
        state.must_announce &= !is_empty;
        let batch = Batch {
            tip: match events.last() {
                Some(last) if !is_empty => last.sequence,
                _ => state.tip,
            },
            events,
            is_closed: state.is_closed && is_empty,
        };
        drop(state);
        self.room.notify_waiters();
        Some(batch)
    }

    /// Rejects further events. Queued events are still sent.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.filled.notify_one();
        self.room.notify_waiters();
    }

    /// Rejects further events, and discards the queued ones that cannot be sent at once.
    pub(super) fn abandon(&self) {
        self.lock().is_abandoned = true;
        self.close();
    }

    pub(super) fn is_abandoned(&self) -> bool {
        self.lock().is_abandoned
    }

    /// Records that the engine accepted the frame of the last batch.
    pub(super) fn set_sent(&self) {
        self.lock().in_flight = 0;
    }

    /// Removes the queued events, and returns the number of events that the engine has not accepted.
    pub(super) fn clear(&self) -> usize {
        let mut state = self.lock();
        let events = std::mem::take(&mut state.events);
        events.len() + std::mem::take(&mut state.in_flight)
    }

    pub(super) fn set_flushed(&self) {
        self.flushed.send_replace(true);
    }

    /// Waits until the last frame is sent.
    pub(super) async fn flushed(&self) {
        // `wait_for` cannot fail, because the sender is a field of `self`.
        let _ = self.flushed.subscribe().wait_for(|it| *it).await;
    }
}

impl OutboxState {
    fn push(
        &mut self,
        name: &Arc<str>,
        version: u32,
        payload: Vec<u8>,
        stored: Option<oneshot::Sender<()>>,
    ) {
        self.tip += 1;
        self.events.push_back(Queued {
            name: Arc::clone(name),
            version,
            sequence: self.tip,
            payload,
            stored,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[tokio::test]
    async fn an_event_that_is_dropped_leaves_a_hole() {
        let outbox = Outbox::new(2, 4096);
        let name: Arc<str> = "Set Event".into();
        let push = |length: usize| outbox.push(&name, 1, vec![b'1'; length]);
        assert_eq!(push(1), Ok(()));
        assert_eq!(push(4000), Err(DropReason::TooLarge));
        assert_eq!(push(1), Ok(()));
        assert_eq!(push(1), Err(DropReason::Full));

        let batch = outbox.next_batch(HOUR).await;
        let sequences: Vec<_> = batch.events.iter().map(|it| it.sequence).collect();
        assert_eq!(
            (sequences, batch.tip, batch.is_closed),
            (vec![1, 3], 4, false)
        );

        outbox.close();
        assert_eq!(push(1), Err(DropReason::Closed));
        let batch = outbox.next_batch(HOUR).await;
        assert_eq!((batch.tip, batch.is_closed), (4, true));
    }

    #[tokio::test]
    async fn a_frame_has_a_maximum_length() {
        let outbox = Outbox::new(1000, 8192);
        let name: Arc<str> = "Set Event".into();
        for _ in 0..300 {
            outbox.push(&name, 1, vec![b'1'; 2]).unwrap();
        }
        outbox.push(&name, 1, vec![b'1'; 6800]).unwrap();
        let mut counts = Vec::new();
        while counts.iter().sum::<usize>() < 301 {
            let batch = outbox.next_batch(HOUR).await;
            assert_eq!(batch.tip, batch.events.last().unwrap().sequence);
            let frame = super::super::frame::write("a 0", batch.tip, false, &batch.events);
            assert!(frame.len() <= 8192, "{}", frame.len());
            counts.push(batch.events.len());
        }
    }
}
