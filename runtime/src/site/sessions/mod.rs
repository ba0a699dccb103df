//! Sessions: typed state that belongs to a browser and is kept in a store.
//!
//! # Invariants
//!
//! 1. A session is saved before the head of the response is sent, so that a client never receives a response whose
//!    changes are lost. If it cannot be saved, the response is an error.
//! 2. A change is applied to the current session in the store, so requests of one session do not overwrite each other's
//!    changes.
//! 3. An id is random. It is no longer valid after `renew`, which a login must call.
//!
//! Stores handle only bytes and ids; only [`Session`] knows the type of a session.

mod id;
mod memory;
#[cfg(feature = "sessions-redis")]
mod redis;
mod save;
mod session;
#[cfg(feature = "sessions-sqlite")]
mod sqlite;
mod store;
mod turns;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use serde_core::Serialize;

use self::save::Saving;
use self::turns::Turns;
use crate::error::{Error, Failure};
use crate::http::{Deserializable, Request, Response};
use crate::site::cookies::{self, Cookie, Keys};

pub use self::id::SessionId;
pub use self::memory::MemoryStore;
#[cfg(feature = "sessions-redis")]
pub use self::redis::RedisStore;
pub use self::session::Session;
#[cfg(feature = "sessions-sqlite")]
pub use self::sqlite::SqliteStore;
pub use self::store::{SessionStore, StoreError, StoreFuture, StoredSession, Write};

/// The default of [`Sessions::expires_after`].
const TWO_WEEKS: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// The sessions of a site: a store, the keys of the cookie, and options.
///
/// It is part of the state of a server; clones share the store. The first change creates a session, so a browser whose
/// session is never changed gets no cookie. The cookie contains a random, signed id of 192 bits and has the attributes
/// of [`Cookie`]. Node.js: no counterpart; Express: `express-session`.
///
/// # Examples
///
/// ```
/// use onward::cookies::Keys;
/// use onward::prelude::*;
/// use onward::sessions::{MemoryStore, Sessions};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Default, Deserialize, Serialize)]
/// struct Visitor {
///     user: Option<String>,
///     cart: Vec<u32>,
/// }
///
/// #[server]
/// async fn shop(req: Request, mut res: Response, sessions: Sessions) -> Result {
///     let visitor = sessions.open::<Visitor>(&req, &mut res).await?;
///     route!("/cart" => Json(visitor.get().cart));
///     route!(POST "/cart/{id: u32}" => {
///         visitor.edit(move |it| it.cart.push(id))?;
///         StatusCode::CREATED
///     });
///     route!(POST "/login/{name}" => {
///         let name = name.to_string(); // after checking a password
///         visitor.renew()?;
///         visitor.edit(move |it| it.user = Some(name.clone()))?;
///         StatusCode::NO_CONTENT
///     });
///     route!(POST "/logout" => {
///         visitor.destroy()?;
///         StatusCode::NO_CONTENT
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let keys = Keys::new("a secret of at least 32 random bytes")?;
/// let sessions = Sessions::new(MemoryStore::new(10_000), keys);
/// let sent = shop(Request::post("/cart/7"), Response::new(), sessions.clone()).await?.settled().await;
/// let cookie = sent.header("set-cookie").unwrap();
///
/// let req = Request::get("/cart").header("cookie", cookie.to_str()?.split(';').next().unwrap());
/// assert_eq!(shop(req, Response::new(), sessions).await?.settled().await.text(), "[7]");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Sessions(Arc<Config>);

struct Config {
    store: Arc<dyn SessionStore>,
    keys: Keys,
    cookie: Cookie,
    lifetime: Duration,
    turns: Turns,
}

impl Sessions {
    /// Creates sessions that are kept in a store. The cookie is signed with `keys`.
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
    pub fn new(store: impl SessionStore, keys: Keys) -> Self {
        Self(Arc::new(Config {
            store: Arc::new(store),
            keys,
            cookie: Cookie::new("session", ""),
            lifetime: TWO_WEEKS,
            turns: Turns::new(),
        }))
    }

    /// Sets the name and the attributes of the cookie.
    ///
    /// Default: `session`, with the attributes of [`Cookie`]. The name `__Host-session` protects the cookie from other
    /// hosts of the domain; browsers accept it only over HTTPS. The value and the age of the given cookie are ignored:
    /// see [`expires_after`](Self::expires_after).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::{Cookie, Keys};
    /// use onward::sessions::{MemoryStore, Sessions};
    ///
    /// # fn main() -> onward::Result<()> {
    /// let keys = Keys::new("a secret of at least 32 random bytes")?;
    /// let sessions = Sessions::new(MemoryStore::new(10_000), keys).cookie("__Host-session");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn cookie(self, cookie: impl Into<Cookie>) -> Self {
        let cookie = cookie.into();
        self.with(|config| config.cookie = cookie)
    }

    /// Sets how long a session lives without a request.
    ///
    /// Default: 14 days. Each change extends the session, and so does a request in the second half of that time.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::Keys;
    /// use onward::sessions::{MemoryStore, Sessions};
    /// use std::time::Duration;
    ///
    /// # fn main() -> onward::Result<()> {
    /// let keys = Keys::new("a secret of at least 32 random bytes")?;
    /// let sessions = Sessions::new(MemoryStore::new(10_000), keys).expires_after(Duration::from_secs(3600));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn expires_after(self, lifetime: Duration) -> Self {
        self.with(|config| config.lifetime = lifetime)
    }

    fn with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Arc::try_unwrap(self.0).unwrap_or_else(|shared| Config {
            store: Arc::clone(&shared.store),
            keys: shared.keys.clone(),
            cookie: shared.cookie.clone(),
            lifetime: shared.lifetime,
            turns: Turns::new(),
        });
        change(&mut config);
        Self(Arc::new(config))
    }

    /// Opens the session of a request. A changed session is saved before the head of the response is sent.
    ///
    /// Write the call as a statement above the routes that use the session. `T` is the type of all the data of the
    /// session; a new session contains its `Default`. The data is stored as JSON, so give new fields a
    /// `#[serde(default)]`. Open a session once for each request.
    ///
    /// A cookie without a valid signature is ignored and reported as [`event::Error`](crate::http::event::Error) with
    /// the status 400; an expired session becomes a new one.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` if the store fails or returns something that is not a valid `T`.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, nothing changes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::Keys;
    /// use onward::prelude::*;
    /// use onward::sessions::{MemoryStore, Sessions};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let sessions = Sessions::new(MemoryStore::new(10), Keys::new("a secret of at least 32 random bytes")?);
    /// let mut res = Response::new();
    /// let visits = sessions.open::<u32>(&Request::get("/"), &mut res).await?;
    /// visits.edit(|it| *it += 1)?;
    /// assert_eq!(visits.get(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn open<T>(&self, req: &Request, res: &mut Response) -> Result<Session<T>, Failure>
    where
        T: Serialize + Deserializable + Default + Send + 'static,
    {
        let received = self.received(req, res);
        let loaded = match &received {
            Some((id, _)) => self.0.store.load(id).await.map_err(store_failed)?,
            None => None,
        };
        let session = match (received, loaded) {
            (Some((id, is_current)), Some(stored)) => {
                let value = decode(&stored.data)?;
                // The cookie must be signed again with the current key, or the session must be extended.
                let refreshes = !is_current || stored.expires_in < self.0.lifetime / 2;
                Session::stored(value, id, stored.version, refreshes)
            }
            (received, _) => Session::new(received.is_some()),
        };
        let saving = Saving::new(session.clone(), Arc::clone(&self.0), cookies::is_https(req));
        res.before_head_async(move |head| saving.run(head));
        Ok(session)
    }

    /// Returns the first id with a valid signature, and whether it was signed with the current key.
    fn received(&self, req: &Request, res: &Response) -> Option<(SessionId, bool)> {
        let name = self.0.cookie.name();
        let mut is_invalid = false;
        let values = cookies::received(req).into_iter();
        let mut named = values.filter(|(other, _)| other == name);
        let valid = named.find_map(|(_, value)| {
            let verified = self.0.keys.verify(name, &value);
            let id = verified.and_then(|(id, current)| Some((SessionId::parse(&id)?, current)));
            is_invalid |= id.is_none();
            id
        });
        if is_invalid {
            let what = format!("the session cookie `{name}` has no valid signature");
            let error = &mut Error::new(StatusCode::BAD_REQUEST, what);
            res.reporter().report(error);
        }
        valid
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions")
            .field("cookie", &self.0.cookie.name())
            .field("lifetime", &self.0.lifetime)
            .finish_non_exhaustive()
    }
}

fn decode<T: Deserializable>(data: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(data)
        .map_err(|error| internal("the stored session is not of the expected type", error))
}

fn store_failed(error: StoreError) -> Failure {
    internal("the session store failed", error)
}

fn internal(what: &'static str, source: impl Into<StoreError>) -> Failure {
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(source.into())
}
