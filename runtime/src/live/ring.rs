//! The stored events, and the followers that wait for the next one.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use bytes::Bytes;

pub(super) struct Ring {
    /// A different number after each start, so that ids from an earlier start are recognized.
    pub(super) epoch: u64,
    max_events: usize,
    state: Mutex<RingState>,
}

#[derive(Default)]
struct RingState {
    /// The number of the first stored event.
    first: u64,
    /// Complete blocks, each written once for all followers.
    events: VecDeque<Bytes>,
    /// One place for each follower, empty while it does not wait.
    waiting: Vec<Option<Waker>>,
    /// Places without a follower.
    free: Vec<usize>,
}

/// The result of reading for a follower.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Event(Bytes),
    /// The follower missed events. Contains the number of the next event.
    Gap(u64),
    /// There is no event yet; the waker is stored.
    Wait,
}

impl Ring {
    pub(super) fn new(max_events: usize) -> Self {
        let random = RandomState::new().build_hasher().finish();
        Self {
            // The text is short, because it is part of every event.
            epoch: random & 0xffff_ffff,
            max_events,
            state: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, RingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an event, which `write` writes with its number, and wakes the followers.
    pub(super) fn push(&self, write: impl FnOnce(u64) -> Bytes) {
        let mut state = self.lock();
        let event = write(state.end());
        state.events.push_back(event);
        if state.events.len() > self.max_events {
            state.events.pop_front();
            state.first += 1;
        }
        let waiting: Vec<Waker> = state.waiting.iter_mut().filter_map(Option::take).collect();
        drop(state);
        for waker in waiting {
            waker.wake();
        }
    }

    /// The number of the next event.
    pub(super) fn end(&self) -> u64 {
        self.lock().end()
    }

    /// Adds a follower and returns its place.
    pub(super) fn enter(&self) -> usize {
        let mut state = self.lock();
        state.free.pop().unwrap_or_else(|| {
            state.waiting.push(None);
            state.waiting.len() - 1
        })
    }

    pub(super) fn leave(&self, place: usize) {
        let mut state = self.lock();
        let waker = state.waiting[place].take();
        state.free.push(place);
        drop(state);
        drop(waker);
    }

    pub(super) fn followers(&self) -> usize {
        let state = self.lock();
        state.waiting.len() - state.free.len()
    }

    /// Returns the event with this number, or stores the waker to wait for it.
    pub(super) fn next(&self, number: u64, place: usize, waker: &Waker) -> Next {
        let mut state = self.lock();
        let end = state.end();
        if number < state.first || number > end {
            return Next::Gap(end);
        }
        // The index fits, because it is less than the length of the queue.
        let index = (number - state.first) as usize;
        if let Some(event) = state.events.get(index) {
            return Next::Event(event.clone());
        }
        match &mut state.waiting[place] {
            Some(waiting) => waiting.clone_from(waker),
            waiting => *waiting = Some(waker.clone()),
        }
        Next::Wait
    }
}

impl RingState {
    fn end(&self) -> u64 {
        self.first + self.events.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follower_gets_each_event_once_or_a_gap() {
        let ring = Ring::new(2);
        let place = ring.enter();
        let waker = Waker::noop();
        assert_eq!(ring.next(0, place, waker), Next::Wait);
        for number in 0..3 {
            ring.push(|id| {
                assert_eq!(id, number);
                Bytes::from(id.to_string())
            });
        }
        assert_eq!(ring.next(0, place, waker), Next::Gap(3));
        assert_eq!(ring.next(1, place, waker), Next::Event("1".into()));
        assert_eq!(ring.next(2, place, waker), Next::Event("2".into()));
        assert_eq!(ring.next(3, place, waker), Next::Wait);
        assert_eq!(ring.next(4, place, waker), Next::Gap(3));
        assert_eq!(ring.next(u64::MAX, place, waker), Next::Gap(3));
    }

    #[test]
    fn places_are_reused() {
        let ring = Ring::new(0);
        let places = [ring.enter(), ring.enter(), ring.enter()];
        assert_eq!((places, ring.followers()), ([0, 1, 2], 3));
        ring.leave(1);
        assert_eq!((ring.enter(), ring.followers()), (1, 3));
    }
}
