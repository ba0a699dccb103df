//! Sessions in Redis.

use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, RedisResult, Script, ScriptInvocation};

use super::SessionId;
use super::store::{SessionStore, StoreError, StoreFuture, StoredSession, Write};

/// A script that returns the value, the version and the remaining milliseconds.
const LOAD: &str = "
    local session = redis.call('HMGET', KEYS[1], 'data', 'version')
    if not session[1] then return false end
    return {session[1], session[2], redis.call('PTTL', KEYS[1])}";

/// A script that replaces the session `KEYS[1]` with `KEYS[2]`, if it has the version `ARGV[1]`; without a version, the
/// session is new.
const WRITE: &str = "
    if ARGV[1] == '' then
        if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
    elseif redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
        return 0
    elseif KEYS[1] ~= KEYS[2] then
        redis.call('DEL', KEYS[1])
    end
    redis.call('HSET', KEYS[2], 'version', ARGV[2], 'data', ARGV[3])
    redis.call('PEXPIRE', KEYS[2], ARGV[4])
    return 1";

const REMOVE: &str = "return redis.call('DEL', KEYS[1])";

/// How long to wait for a connection, and for a response.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest lifetime in milliseconds, about a hundred years: Redis rejects times that it cannot represent.
const MAX_LIFETIME: u128 = 100 * 366 * 24 * 60 * 60 * 1000;

/// A store that keeps sessions in Redis, or in a server that is compatible with it, such as Valkey.
///
/// Several processes may use one database. A write replaces a session only if it still has the version that the request
/// loaded; a script checks and writes in one step. So if two requests change a session at the same time, the changes of
/// the second one are applied to the result of the first one, even if different processes handle the two requests.
/// Redis itself removes expired sessions.
///
/// The connection is opened by the first request, and reopened whenever it has been lost. A request that needs the
/// store while the server cannot be reached, or that waits more than 5 seconds for the server, fails with a 500, whose
/// cause is emitted as [`event::Error`](crate::http::event::Error). The change of the request may nevertheless have
/// been stored, if Redis ran the script and its response was lost.
///
/// The configuration of Redis decides what survives a failure: with `appendonly yes`, a Redis server that is killed
/// loses nothing that was confirmed. Leave `maxmemory-policy` at `noeviction`, because an evicted session is lost, like
/// an expired one. After [`Session::renew`](super::Session::renew), the script uses two different keys, so Redis
/// Cluster is not supported. Node.js: no counterpart; Express: `connect-redis`.
///
/// # Examples
///
/// ```
/// use onward::cookies::Keys;
/// use onward::sessions::{RedisStore, Sessions};
///
/// # fn main() -> onward::Result<()> {
/// let store = RedisStore::open("redis://127.0.0.1/")?.prefix("shop:session:");
/// let sessions = Sessions::new(store, Keys::new("a secret of at least 32 random bytes")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisStore {
    client: Client,
    /// Set by the first request, because a connection belongs to a runtime.
    connection: Arc<OnceLock<ConnectionManager>>,
    prefix: String,
    scripts: &'static Scripts,
}

struct Scripts {
    load: Script,
    write: Script,
    remove: Script,
}

impl RedisStore {
    /// Creates a store for the server at a URL: `redis://user:password@host:port/database`, or
    /// `redis+unix:///path?db=1` for a Unix socket.
    ///
    /// The connection is not opened yet.
    ///
    /// # Errors
    ///
    /// - The error of the crate `redis` if the URL is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::sessions::RedisStore;
    ///
    /// assert!(RedisStore::open("redis://127.0.0.1/").is_ok());
    /// assert!(RedisStore::open("https://127.0.0.1/").is_err());
    /// ```
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Ok(Self {
            client: Client::open(url)?,
            connection: Arc::default(),
            prefix: "onward:session:".into(),
            scripts: Scripts::get(),
        })
    }

    /// Sets the prefix of the keys. Default: `onward:session:`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::sessions::RedisStore;
    ///
    /// # fn main() -> onward::Result<()> {
    /// let store = RedisStore::open("redis://127.0.0.1/")?.prefix("shop:session:");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    fn key(&self, id: &SessionId) -> String {
        format!("{}{}", self.prefix, id.as_str())
    }

    fn connection(&self) -> RedisResult<ConnectionManager> {
        if let Some(connection) = self.connection.get() {
            return Ok(connection.clone());
        }
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT))
            // A request should not wait long for a server that cannot be reached.
            .set_number_of_retries(0);
        let new = ConnectionManager::new_lazy_with_config(self.client.clone(), config)?;
        Ok(self.connection.get_or_init(|| new).clone())
    }

    /// Runs a script. `is_idempotent` states whether the script may run twice.
    async fn run<T: FromRedisValue>(
        &self,
        script: ScriptInvocation<'_>,
        is_idempotent: bool,
    ) -> RedisResult<T> {
        let mut connection = self.connection()?;
        match script.invoke_async(&mut connection).await {
            // The connection had been lost, or the last attempt to connect had failed; the second call waits for a new
            // connection. A script that may have run already is repeated only if it is idempotent.
            Err(error) if error.is_connection_refusal() || is_idempotent && !error.is_timeout() => {
                script.invoke_async(&mut connection).await
            }
            result => result,
        }
    }
}

impl Scripts {
    /// Returns the scripts. They are created only once, because creating a script computes its hash.
    fn get() -> &'static Self {
        static SCRIPTS: LazyLock<Scripts> = LazyLock::new(|| Scripts {
            load: Script::new(LOAD),
            write: Script::new(WRITE),
            remove: Script::new(REMOVE),
        });
        &SCRIPTS
    }
}

impl SessionStore for RedisStore {
    fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>> {
        Box::pin(async move {
            let script = self.scripts.load.key(self.key(id));
            let loaded: Option<(Vec<u8>, u64, i64)> = self.run(script, true).await?;
            Ok(loaded.map(|(data, version, millis)| StoredSession {
                data,
                version,
                // A negative value means that the session does not expire.
                expires_in: u64::try_from(millis).map_or(Duration::MAX, Duration::from_millis),
            }))
        })
    }

    fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>> {
        Box::pin(async move {
            let (previous, expected, version) = match &write.previous {
                Some((id, version)) => (id, version.to_string(), version.wrapping_add(1)),
                None => (&write.id, String::new(), 0),
            };
            let lifetime = write.expires_in.as_millis().min(MAX_LIFETIME);
            let mut script = self.scripts.write.prepare_invoke();
            script.key(self.key(previous)).key(self.key(&write.id));
            script.arg(expected).arg(version);
            script.arg(write.data).arg(lifetime.to_string());
            let is_written: bool = self.run(script, false).await?;
            Ok(is_written.then_some(version))
        })
    }

    fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let script = self.scripts.remove.key(self.key(id));
            let _removed: u64 = self.run(script, true).await?;
            Ok(())
        })
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
