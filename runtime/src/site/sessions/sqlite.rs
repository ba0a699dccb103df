//! Sessions in a SQLite database.

use std::fmt;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::oneshot;

use super::SessionId;
use super::store::{SessionStore, StoreError, StoreFuture, StoredSession, Write};

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS onward_sessions (
        id TEXT PRIMARY KEY NOT NULL,
        data BLOB NOT NULL,
        version INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS onward_sessions_expires ON onward_sessions (expires);";

/// The number of writes between two removals of expired sessions.
const WRITES_PER_CLEANUP: u32 = 1_000;

/// A store that keeps sessions in the table `onward_sessions` of a SQLite database.
///
/// A separate thread uses the database, so that no async thread waits for the disk. Several processes may use one
/// database. Expired sessions are removed when the store is opened and after every 1,000 writes.
/// Node.js: no counterpart; Express: `connect-sqlite3`.
///
/// # Examples
///
/// ```
/// use onward::cookies::Keys;
/// use onward::sessions::{Sessions, SqliteStore};
///
/// # fn main() -> onward::Result<()> {
/// let store = SqliteStore::open(":memory:")?;
/// let sessions = Sessions::new(store, Keys::new("a secret of at least 32 random bytes")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SqliteStore(mpsc::Sender<Job>);

type Job = Box<dyn FnOnce(&mut Database) + Send>;

struct Database {
    connection: Connection,
    writes: u32,
}

impl SqliteStore {
    /// Opens a database file, or creates it if it does not exist.
    ///
    /// `:memory:` is a database in memory.
    ///
    /// # Errors
    ///
    /// - The error of SQLite if the file is not a database or cannot be written.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::sessions::SqliteStore;
    ///
    /// assert!(SqliteStore::open(":memory:").is_ok());
    /// assert!(SqliteStore::open("/no/such/directory/sessions.db").is_err());
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::new(Connection::open(path)?)
    }

    fn new(connection: Connection) -> Result<Self, StoreError> {
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A power failure may lose the last changes but never damages the database.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.execute_batch(SCHEMA)?;
        let mut database = Database {
            connection,
            writes: 0,
        };
        database.remove_expired()?;
        let (jobs, received) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new().name("onward-sessions".into());
        thread.spawn(move || {
            // The thread ends when the last store is dropped.
            for job in received {
                job(&mut database);
            }
        })?;
        Ok(Self(jobs))
    }

    /// Runs a job on the thread of the database.
    fn run<T, F>(&self, job: F) -> StoreFuture<'static, T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Database) -> rusqlite::Result<T> + Send + 'static,
    {
        let (done, result) = oneshot::channel();
        let sent = self.0.send(Box::new(move |database| {
            let _ = done.send(job(database));
        }));
        Box::pin(async move {
            sent.map_err(|_| ended())?;
            Ok(result.await.map_err(|_| ended())??)
        })
    }
}

fn ended() -> StoreError {
    "the thread of the session database has ended".into()
}

impl Database {
    fn load(&self, id: &str) -> rusqlite::Result<Option<StoredSession>> {
        let now = now();
        let sql =
            "SELECT data, version, expires FROM onward_sessions WHERE id = ?1 AND expires > ?2";
        let mut select = self.connection.prepare_cached(sql)?;
        let row = select.query_row(params![id, now], |row| {
            let expires: i64 = row.get(2)?;
            Ok(StoredSession {
                data: row.get(0)?,
                version: row.get::<_, i64>(1)?.cast_unsigned(),
                expires_in: Duration::from_millis((expires - now).cast_unsigned()),
            })
        });
        row.optional()
    }

    fn write(&mut self, write: &Write) -> rusqlite::Result<Option<u64>> {
        self.writes += 1;
        if self.writes.is_multiple_of(WRITES_PER_CLEANUP) {
            self.remove_expired()?;
        }
        let now = now();
        let lifetime = i64::try_from(write.expires_in.as_millis()).unwrap_or(i64::MAX);
        let expires = now.saturating_add(lifetime);
        let id = write.id.as_str();
        let changed = match &write.previous {
            Some((previous, version)) => {
                let sql = "UPDATE onward_sessions SET id = ?1, data = ?2, version = version + 1, expires = ?3 \
                           WHERE id = ?4 AND version = ?5 AND expires > ?6";
                let mut update = self.connection.prepare_cached(sql)?;
                let version = version.cast_signed();
                update.execute(params![
                    id,
                    write.data,
                    expires,
                    previous.as_str(),
                    version,
                    now
                ])?
            }
            None => {
                let sql = "INSERT INTO onward_sessions (id, data, version, expires) VALUES (?1, ?2, 0, ?3) \
                           ON CONFLICT DO NOTHING";
                let mut insert = self.connection.prepare_cached(sql)?;
                insert.execute(params![id, write.data, expires])?
            }
        };
        let version = match &write.previous {
            Some((_, version)) => version.wrapping_add(1),
            None => 0,
        };
        Ok((changed == 1).then_some(version))
    }

    fn remove(&self, id: &str) -> rusqlite::Result<()> {
        let sql = "DELETE FROM onward_sessions WHERE id = ?1";
        self.connection.prepare_cached(sql)?.execute([id])?;
        Ok(())
    }

    fn remove_expired(&mut self) -> rusqlite::Result<()> {
        let sql = "DELETE FROM onward_sessions WHERE expires <= ?1";
        self.connection.execute(sql, [now()])?;
        Ok(())
    }
}

/// Returns the time, in milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.unwrap_or_default().as_millis();
    i64::try_from(millis).unwrap_or(i64::MAX)
}

impl SessionStore for SqliteStore {
    fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>> {
        let id = id.clone();
        self.run(move |database| database.load(id.as_str()))
    }

    fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>> {
        self.run(move |database| database.write(&write))
    }

    fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()> {
        let id = id.clone();
        self.run(move |database| database.remove(id.as_str()))
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}
