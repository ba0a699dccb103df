//! The stores of sessions.

use std::error::Error as StdError;
use std::pin::Pin;
use std::time::Duration;

use super::SessionId;

/// The error of a store, which can be any error.
///
/// The client gets a 500, and the server emits the error as [`event::Error`](crate::http::event::Error).
///
/// # Examples
///
/// ```
/// use onward::sessions::StoreError;
///
/// fn parse(version: &str) -> Result<u64, StoreError> {
///     match version {
///         "" => Err("the session has no version".into()),
///         version => Ok(version.parse()?),
///     }
/// }
/// assert_eq!(parse("").unwrap_err().to_string(), "the session has no version");
/// assert!(parse("x").is_err());
/// ```
pub type StoreError = Box<dyn StdError + Send + Sync>;

/// The return type of the methods of a [`SessionStore`]: `Box::pin(async move { … })`.
///
/// # Examples
///
/// ```
/// use onward::sessions::StoreFuture;
///
/// fn version(text: &str) -> StoreFuture<'_, u64> {
///     Box::pin(async move { Ok(text.parse()?) })
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(version("7").await.unwrap(), 7);
/// assert!(version("x").await.is_err());
/// # }
/// ```
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A session in a store.
///
/// # Examples
///
/// ```
/// use onward::sessions::StoredSession;
/// use std::time::Duration;
///
/// let stored = StoredSession {
///     data: b"{}".to_vec(),
///     version: 0,
///     expires_in: Duration::from_secs(3600),
/// };
/// assert_eq!(stored.data, b"{}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// The value of the session.
    pub data: Vec<u8>,
    /// A number that changes with every write.
    pub version: u64,
    /// The time until the session expires.
    pub expires_in: Duration,
}

/// A change to a session: the argument of [`SessionStore::write`].
///
/// # Examples
///
/// A store that logs the size of every write, and leaves the storage to another store:
///
/// ```
/// use onward::sessions::{MemoryStore, SessionId, SessionStore, StoreFuture, StoredSession, Write};
///
/// struct Logged(MemoryStore);
///
/// impl SessionStore for Logged {
///     fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>> {
///         self.0.load(id)
///     }
///
///     fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>> {
///         let Write { data, expires_in, .. } = &write; // the id is a secret
///         println!("{} bytes for {expires_in:?}", data.len());
///         self.0.write(write)
///     }
///
///     fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()> {
///         self.0.remove(id)
///     }
/// }
/// # let _ = Logged(MemoryStore::new(10));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Write {
    /// The session to replace, and the version that it must have; `None` for a new session.
    pub previous: Option<(SessionId, u64)>,
    /// The id that the session has from now on.
    pub id: SessionId,
    /// The value of the session.
    pub data: Vec<u8>,
    /// The time after which the session expires.
    pub expires_in: Duration,
}

/// A store of sessions: [`MemoryStore`](super::MemoryStore), `SqliteStore` (feature `sessions-sqlite`), `RedisStore`
/// (feature `sessions-redis`), or your own store.
///
/// An expired session counts as removed. Values are opaque bytes. The methods must not block their threads.
/// Node.js: no counterpart; Express: the `Store` of `express-session`, which has no versions, so the last request of a
/// session overwrites the changes of earlier ones.
///
/// # Examples
///
/// ```
/// use onward::sessions::{SessionId, SessionStore, StoreFuture, StoredSession, Write};
/// use std::collections::HashMap;
/// use std::sync::Mutex;
/// use std::time::Duration;
///
/// /// Keeps every session until the process ends.
/// #[derive(Default)]
/// struct Forever(Mutex<HashMap<SessionId, (Vec<u8>, u64)>>);
///
/// impl SessionStore for Forever {
///     fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>> {
///         Box::pin(async move {
///             let sessions = self.0.lock().map_err(|_| "poisoned")?;
///             Ok(sessions.get(id).map(|(data, version)| StoredSession {
///                 data: data.clone(),
///                 version: *version,
///                 expires_in: Duration::MAX,
///             }))
///         })
///     }
///
///     fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>> {
///         Box::pin(async move {
///             let mut sessions = self.0.lock().map_err(|_| "poisoned")?;
///             let mut version = 0;
///             if let Some((id, expected)) = write.previous {
///                 if sessions.get(&id).is_none_or(|(_, current)| *current != expected) {
///                     return Ok(None);
///                 }
///                 sessions.remove(&id);
///                 version = expected + 1;
///             }
///             sessions.insert(write.id, (write.data, version));
///             Ok(Some(version))
///         })
///     }
///
///     fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()> {
///         Box::pin(async move {
///             self.0.lock().map_err(|_| "poisoned")?.remove(id);
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait SessionStore: Send + Sync + 'static {
    /// Returns a session, or `None` if no session has this id.
    ///
    /// # Errors
    ///
    /// - Any error, if the store cannot be read.
    fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>>;

    /// Writes a session atomically and returns its new version.
    ///
    /// If [`previous`](Write::previous) has a different version or no longer exists, or if the id of a new session
    /// already exists, nothing is changed and the result is `None`. If the id changes, the previous one is removed.
    ///
    /// # Errors
    ///
    /// - Any error, if the store cannot be written.
    fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>>;

    /// Removes a session, if it exists.
    ///
    /// # Errors
    ///
    /// - Any error, if the store cannot be written.
    fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()>;
}
