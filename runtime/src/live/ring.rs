//! The stored events, and the followers that wait for the next one.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::runtime::{Handle, Id};

#[cfg(test)]
use super::groups::Group;
use super::groups::{Groups, Place};
use crate::http::SharedPart;

pub(super) struct Ring {
    /// A random number for each feed, so that an id from before a restart is recognized as unknown.
    pub(super) epoch: u64,
    max_events: usize,
    state: Mutex<RingState>,
}

#[derive(Default)]
struct RingState {
    /// The sequence number of the first stored event.
    first: u64,
    /// Complete blocks, each serialized once for all followers.
    events: VecDeque<Arc<SharedPart>>,
    followers: Groups,
}

/// The result of reading for a follower.
#[derive(Debug)]
pub(super) enum Next {
    Event(Arc<SharedPart>),
    /// The follower missed events. Contains the sequence number of the next event.
    Gap(u64),
    /// There is no event yet.
    Wait,
}

/// The most recent event.
pub(super) struct Latest {
    pub(super) number: u64,
    pub(super) part: Arc<SharedPart>,
}

impl Ring {
    #[inline]
    pub(super) fn new(max_events: usize) -> Self {
        let random = RandomState::new().build_hasher().finish();
        Self {
            // The epoch is short, because it is part of the id of every event.
            epoch: random & 0xffff_ffff,
            max_events,
            state: Mutex::default(),
        }
    }

    #[inline]
    fn lock(&self) -> MutexGuard<'_, RingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an event, which `write` creates from its sequence number. For each group of followers, a task delivers the
    /// event, so the caller does not wait for the followers.
    #[inline]
    pub(super) fn push(self: &Arc<Self>, write: impl FnOnce(u64) -> Bytes) {
        let mut state = self.lock();
        let event = write(state.end());
        state.events.push_back(Arc::new(SharedPart::new(event)));
        if state.events.len() > self.max_events {
            state.events.pop_front();
            state.first += 1;
        }
        let scheduled = state.followers.schedule();
        drop(state);
        for it in scheduled {
            let ring = Arc::clone(self);
            let id = it.runtime.id();
            it.runtime.spawn(async move { ring.deliver(id, it.group) });
        }
    }

    /// Delivers the latest event to a group.
    #[inline]
    fn deliver(&self, runtime: Id, group: usize) {
        let mut state = self.lock();
        let group = state.followers.begin(runtime, group);
        let latest = state.latest();
        drop(state);
        for follower in group.iter().flat_map(|group| &group[..]) {
            follower.deliver(latest.as_ref());
        }
    }

    /// Returns the sequence number of the next event.
    #[inline]
    pub(super) fn end(&self) -> u64 {
        self.lock().end()
    }

    /// Adds a follower whose connection belongs to this runtime, and returns its place.
    #[inline]
    pub(super) fn enter(&self, runtime: Handle, next: u64) -> Place {
        let place = self.lock().followers.enter(runtime);
        place.begin(next);
        place
    }

    #[inline]
    pub(super) fn leave(&self, place: &Place) {
        place.end();
        self.lock().followers.leave(place);
    }

    #[inline]
    pub(super) fn followers(&self) -> usize {
        self.lock().followers.len()
    }

    /// Returns the event with this sequence number.
    #[inline]
    pub(super) fn get(&self, number: u64) -> Next {
        let state = self.lock();
        let end = state.end();
        if number < state.first || number > end {
            return Next::Gap(end);
        }
        // The index fits, because it is not greater than the length of the queue.
        let index = (number - state.first) as usize;
        match state.events.get(index) {
            Some(event) => Next::Event(Arc::clone(event)),
            None => Next::Wait,
        }
    }
}

#[cfg(test)]
impl Ring {
    #[inline]
    pub(super) fn first_group(&self) -> Option<Arc<Group>> {
        let runtime = Handle::current().id();
        self.lock().followers.begin(runtime, 0)
    }
}

impl RingState {
    #[inline]
    fn end(&self) -> u64 {
        self.first + self.events.len() as u64
    }

    /// Returns the most recent event; `None` if no events are stored.
    #[inline]
    fn latest(&self) -> Option<Latest> {
        let part = self.events.back().cloned()?;
        let number = self.end() - 1;
        Some(Latest { number, part })
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn next(ring: &Ring, number: u64) -> String {
        match ring.get(number) {
            Next::Event(part) => String::from_utf8_lossy(part.data()).into_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_follower_gets_each_event_once_or_a_gap() {
        let ring = Arc::new(Ring::new(2));
        assert_eq!(next(&ring, 0), "Wait");
        for number in 0..3 {
            ring.push(|id| {
                assert_eq!(id, number);
                Bytes::from(id.to_string())
            });
        }
        let all = [0, 1, 2, 3, 4, u64::MAX].map(|number| next(&ring, number));
        assert_eq!(all, ["Gap(3)", "1", "2", "Wait", "Gap(3)", "Gap(3)"]);
    }

    #[tokio::test]
    async fn places_are_reused() {
        let ring = Ring::new(0);
        let enter = || ring.enter(Handle::current(), 0);
        let mut places: Vec<Place> = (0..100).map(|_| enter()).collect();
        assert_eq!((places[99].index(), ring.followers()), (99, 100));
        ring.leave(&places[40]);
        assert_eq!(ring.followers(), 99);
        places[40] = enter();
        assert_eq!((places[40].index(), ring.followers()), (40, 100));
        for place in places {
            ring.leave(&place);
        }
        assert_eq!((ring.followers(), enter().index()), (0, 0));
    }

    /// The follower has no outlet, so the connection's task must be woken.
    #[tokio::test]
    async fn a_waiting_follower_is_woken_once() {
        struct Counter(std::sync::atomic::AtomicUsize);
        impl std::task::Wake for Counter {
            fn wake(self: Arc<Self>) {
                self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
        let ring = Arc::new(Ring::new(0));
        let follower = ring.enter(Handle::current(), 0);
        let counter = Arc::new(Counter(Default::default()));
        let waker = Waker::from(Arc::clone(&counter));
        for round in 1..=3 {
            assert!(matches!(follower.take_next(&ring, &waker), Next::Wait));
            for _ in 0..3 {
                ring.push(|_| Bytes::new());
                tokio::task::yield_now().await;
            }
            assert_eq!(counter.0.load(std::sync::atomic::Ordering::Relaxed), round);
            assert!(
                matches!(follower.take_next(&ring, &waker), Next::Gap(end) if end == 3 * round as u64)
            );
        }
    }
}
