//! Sessions in the memory of the process.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::SessionId;
use super::store::{SessionStore, StoreFuture, StoredSession, Write};

/// A store that keeps a limited number of sessions in memory.
///
/// Sessions are lost when the process ends, and other processes cannot use them. If the store is full, a new session
/// replaces the least recently used one; from time to time, all expired sessions are removed first.
/// Node.js: no counterpart; Express: `MemoryStore` of `express-session`, which is not bounded.
///
/// # Examples
///
/// ```
/// use onward::cookies::Keys;
/// use onward::sessions::{MemoryStore, Sessions};
///
/// # fn main() -> onward::Result<()> {
/// let keys = Keys::new("a secret of at least 32 random bytes")?;
/// let sessions = Sessions::new(MemoryStore::new(10_000), keys);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct MemoryStore {
    max: usize,
    sessions: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    by_id: HashMap<SessionId, Entry>,
    /// The sessions by the sequence number of their last use; each use has its own number, so the first session is the
    /// least recently used one.
    by_use: std::collections::BTreeMap<u64, SessionId>,
    uses: u64,
    /// The number of sessions that were added to a full store.
    added_when_full: u64,
}

#[derive(Debug)]
struct Entry {
    data: Vec<u8>,
    version: u64,
    /// The time of expiry; `None` means never.
    expires: Option<Instant>,
    last_use: u64,
}

impl Entry {
    fn has_expired(&self, now: Instant) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

impl MemoryStore {
    /// Creates a store for at most `max` sessions.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::sessions::MemoryStore;
    ///
    /// let store = MemoryStore::new(10_000);
    /// assert_eq!(store.len(), 0);
    /// ```
    pub fn new(max: usize) -> Self {
        Self {
            max: max.max(1),
            sessions: Mutex::default(),
        }
    }

    /// Returns the number of sessions, including expired ones that have not been removed yet.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::sessions::MemoryStore;
    ///
    /// assert!(MemoryStore::new(10).is_empty());
    /// ```
    pub fn len(&self) -> usize {
        self.lock().by_id.len()
    }

    /// Returns whether there are no sessions.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::sessions::MemoryStore;
    ///
    /// assert_eq!(MemoryStore::new(10).len(), 0);
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn load(&mut self, id: &SessionId) -> Option<StoredSession> {
        let now = Instant::now();
        if self.by_id.get(id)?.has_expired(now) {
            self.remove(id);
            return None;
        }
        self.uses += 1;
        let entry = self.by_id.get_mut(id)?;
        self.by_use.remove(&entry.last_use);
        entry.last_use = self.uses;
        self.by_use.insert(self.uses, id.clone());
        let expires = entry.expires;
        Some(StoredSession {
            data: entry.data.clone(),
            version: entry.version,
            expires_in: expires.map_or(std::time::Duration::MAX, |it| it - now),
        })
    }

    fn write(&mut self, write: Write, max: usize) -> Option<u64> {
        let now = Instant::now();
        let mut version = 0;
        if let Some((id, expected)) = write.previous {
            let entry = self.by_id.get(&id).filter(|it| !it.has_expired(now));
            if entry.is_none_or(|entry| entry.version != expected) {
                return None;
            }
            self.remove(&id);
            version = expected.wrapping_add(1);
        } else if self.by_id.contains_key(&write.id) {
            return None;
        }
        if self.by_id.len() >= max {
            self.make_room(now, max);
        }
        self.uses += 1;
        self.by_use.insert(self.uses, write.id.clone());
        let entry = Entry {
            data: write.data,
            version,
            expires: now.checked_add(write.expires_in),
            last_use: self.uses,
        };
        self.by_id.insert(write.id, entry);
        Some(version)
    }

    fn make_room(&mut self, now: Instant, max: usize) {
        // Expired sessions are removed only once per N new sessions, where N is about a tenth of the maximum number, so
        // that a full store does not check all sessions for each new one.
        let is_due = self.added_when_full.is_multiple_of(1 + max as u64 / 10);
        self.added_when_full += 1;
        if is_due {
            self.by_id.retain(|_, entry| !entry.has_expired(now));
            let by_id = &self.by_id;
            self.by_use.retain(|_, id| by_id.contains_key(id));
        }
        while self.by_id.len() >= max {
            let Some((_, id)) = self.by_use.pop_first() else {
                return;
            };
            self.by_id.remove(&id);
        }
    }

    fn remove(&mut self, id: &SessionId) {
        if let Some(entry) = self.by_id.remove(id) {
            self.by_use.remove(&entry.last_use);
        }
    }
}

impl SessionStore for MemoryStore {
    fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>> {
        let loaded = self.lock().load(id);
        Box::pin(std::future::ready(Ok(loaded)))
    }

    fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>> {
        let written = self.lock().write(write, self.max);
        Box::pin(std::future::ready(Ok(written)))
    }

    fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()> {
        self.lock().remove(id);
        Box::pin(std::future::ready(Ok(())))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn new(data: u8, expires_in: Duration) -> Write {
        Write {
            previous: None,
            id: SessionId::random().expect("random bytes"),
            data: vec![data],
            expires_in,
        }
    }

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn the_store_is_bounded_and_keeps_recently_used_sessions() {
        let mut kept = Kept::default();
        let first = new(0, HOUR);
        assert!(kept.write(first.clone(), 100).is_some());
        for data in 1..=255 {
            assert!(kept.write(new(data, HOUR), 100).is_some());
            assert!(kept.load(&first.id).is_some());
            assert!(kept.by_id.len() <= 100);
            assert_eq!(kept.by_id.len(), kept.by_use.len());
        }
        assert_eq!(kept.by_id.len(), 100);
    }

    #[test]
    fn an_expired_session_is_removed() {
        let mut kept = Kept::default();
        let write = new(0, Duration::ZERO);
        assert!(kept.write(write.clone(), 10).is_some());
        assert_eq!(kept.load(&write.id), None);
        assert!(kept.by_id.is_empty() && kept.by_use.is_empty());
        let write = new(0, Duration::MAX);
        assert!(kept.write(write.clone(), 10).is_some());
        assert!(kept.load(&write.id).is_some());
    }

    /// When expired sessions are removed depends on the number of writes to a full store, not on the loads between
    /// them.
    #[test]
    fn expired_sessions_are_removed_before_a_recent_one() {
        let mut kept = Kept::default();
        let first = new(0, HOUR);
        assert!(kept.write(first.clone(), 10).is_some());
        for data in 1..10 {
            assert!(kept.write(new(data, Duration::ZERO), 10).is_some());
        }
        assert!(kept.load(&first.id).is_some());
        for data in 10..14 {
            assert!(kept.write(new(data, HOUR), 10).is_some());
            let newest = kept.by_use.last_key_value().map(|(_, id)| id.clone());
            assert!(newest.is_some_and(|id| kept.load(&id).is_some()));
        }
        assert_eq!(kept.by_id.len(), 5);
        assert!(kept.load(&first.id).is_some());
    }

    #[test]
    fn a_write_needs_the_version_that_was_loaded() {
        let mut kept = Kept::default();
        let first = new(1, HOUR);
        assert!(kept.write(first.clone(), 10).is_some());
        assert!(kept.write(first.clone(), 10).is_none(), "the id exists");
        let version = kept.load(&first.id).expect("stored").version;
        let next = |to: &SessionId| Write {
            previous: Some((first.id.clone(), version)),
            id: to.clone(),
            data: vec![2],
            expires_in: HOUR,
        };
        assert_eq!(kept.write(next(&first.id), 10), Some(version + 1));
        assert!(kept.write(next(&first.id), 10).is_none(), "another version");
        let version = version + 1;
        let renewed = Write {
            previous: Some((first.id.clone(), version)),
            ..new(3, HOUR)
        };
        assert!(kept.write(renewed.clone(), 10).is_some());
        assert_eq!(kept.load(&first.id), None);
        assert_eq!(kept.load(&renewed.id).map(|it| it.data), Some(vec![3]));
        assert_eq!(kept.by_id.len(), kept.by_use.len());
    }
}
