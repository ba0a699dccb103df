//! Makes requests that save the same session at the same time take turns.

use std::hash::{BuildHasher, RandomState};

use tokio::sync::{Mutex, MutexGuard};

use super::SessionId;

/// The maximum number of sessions that can be saved at the same time.
const LOCKS: usize = 256;

/// Locks that sessions share. Two sessions that are saved at the same time rarely use the same lock. Each lock contains
/// the session that was saved last, so a request of that session that waited for the lock does not have to load it
/// again.
pub(super) struct Turns {
    locks: Vec<Mutex<Option<Latest>>>,
    hasher: RandomState,
}

/// The last written state of a session.
pub(super) struct Latest {
    pub(super) id: SessionId,
    pub(super) version: u64,
    pub(super) data: Vec<u8>,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self {
            locks: (0..LOCKS).map(|_| Mutex::new(None)).collect(),
            hasher: RandomState::new(),
        }
    }

    pub(super) async fn wait(&self, id: &SessionId) -> MutexGuard<'_, Option<Latest>> {
        let hash = self.hasher.hash_one(id.as_str());
        let index = hash % self.locks.len() as u64;
        // The conversion cannot fail, because the index is less than the number of locks.
        let index = usize::try_from(index).unwrap_or_default();
        self.locks[index].lock().await
    }
}
