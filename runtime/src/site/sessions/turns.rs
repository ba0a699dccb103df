//! Requests that save one session at the same time take turns.

use std::hash::{BuildHasher, RandomState};

use tokio::sync::{Mutex, MutexGuard};

use super::SessionId;

/// How many sessions can be saved at the same time although others save them as well.
const LOCKS: usize = 256;

/// Locks that sessions share: two of different sessions are seldom the same.
pub(super) struct Turns {
    locks: Vec<Mutex<()>>,
    hasher: RandomState,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self {
            locks: (0..LOCKS).map(|_| Mutex::new(())).collect(),
            hasher: RandomState::new(),
        }
    }

    pub(super) async fn wait(&self, id: &SessionId) -> MutexGuard<'_, ()> {
        let hash = self.hasher.hash_one(id.as_str());
        let place = hash % self.locks.len() as u64;
        // Less than the number of locks.
        self.locks[usize::try_from(place).unwrap_or_default()]
            .lock()
            .await
    }
}
