//! The session of one request.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::StatusCode;

use super::SessionId;
use crate::error::Failure;

/// The session of a request, with a value of type `T`; [`Sessions::open`](super::Sessions::open) returns it.
///
/// Clones share the value, which is saved right before the head of the response is sent, even for an error. Node.js: no
/// counterpart; Express: `req.session`.
///
/// # Examples
///
/// ```
/// use onward::cookies::Keys;
/// use onward::prelude::*;
/// use onward::sessions::{MemoryStore, Session, Sessions};
///
/// #[server]
/// async fn shop(req: Request, mut res: Response, sessions: Sessions) -> Result {
///     let cart: Session<Vec<u32>> = sessions.open(&req, &mut res).await?;
///     route!(POST "/cart/{id: u32}" => {
///         cart.edit(move |all| all.push(id))?;
///         format!("{} products", cart.with(|all| all.len()))
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sessions = Sessions::new(MemoryStore::new(10_000), Keys::new("a secret of at least 32 random bytes")?);
/// let sent = shop(Request::post("/cart/7"), Response::new(), sessions).await?.settled().await;
/// assert_eq!(sent.text(), "1 products");
/// assert!(sent.header("set-cookie").is_some());
/// # Ok(())
/// # }
/// ```
pub struct Session<T>(Arc<Mutex<State<T>>>);

pub(super) type Edit<T> = Box<dyn Fn(&mut T) + Send>;

pub(super) struct State<T> {
    pub(super) value: T,
    /// The changes, which are applied again if another request has written the session.
    pub(super) edits: Vec<Edit<T>>,
    /// The id and the version, if the session is in the store.
    pub(super) stored: Option<(SessionId, u64)>,
    /// Whether the client sent the cookie of a session that no longer exists.
    pub(super) has_dead_cookie: bool,
    pub(super) renews: bool,
    /// Whether the session is written even if it was not changed.
    pub(super) refreshes: bool,
    pub(super) is_destroyed: bool,
    /// Whether a change is being made, or has panicked: then the value may be partly changed, and is not saved.
    pub(super) is_changing: bool,
    /// Whether the head of the response was sent or is about to be sent.
    pub(super) is_saved: bool,
}

impl<T> Session<T> {
    /// Creates a session that is not in the store.
    pub(super) fn new(has_dead_cookie: bool) -> Self
    where
        T: Default,
    {
        Self::of(State {
            value: T::default(),
            edits: Vec::new(),
            stored: None,
            has_dead_cookie,
            renews: false,
            refreshes: false,
            is_destroyed: false,
            is_changing: false,
            is_saved: false,
        })
    }

    pub(super) fn stored(value: T, id: SessionId, version: u64, refreshes: bool) -> Self {
        Self::of(State {
            value,
            edits: Vec::new(),
            stored: Some((id, version)),
            has_dead_cookie: false,
            renews: false,
            refreshes,
            is_destroyed: false,
            is_changing: false,
            is_saved: false,
        })
    }

    fn of(state: State<T>) -> Self {
        Self(Arc::new(Mutex::new(state)))
    }

    /// Returns a copy of the value.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Keys, prelude::*, sessions::{MemoryStore, Sessions}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let sessions = Sessions::new(MemoryStore::new(10), Keys::new("a secret of at least 32 random bytes")?);
    /// let cart = sessions.open::<Vec<u32>>(&Request::get("/"), &mut Response::new()).await?;
    /// assert!(cart.get().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.lock().value.clone()
    }

    /// Calls a function with the value, without copying it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Keys, prelude::*, sessions::{MemoryStore, Sessions}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let sessions = Sessions::new(MemoryStore::new(10), Keys::new("a secret of at least 32 random bytes")?);
    /// let cart = sessions.open::<Vec<u32>>(&Request::get("/"), &mut Response::new()).await?;
    /// assert_eq!(cart.with(|all| all.len()), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.lock().value)
    }

    /// Changes the value immediately, and once more when the session is saved if another request has saved it since.
    ///
    /// Therefore, write the change (`all.push(id)`) instead of a value that was computed before the call (`*all =
    /// list`), because this keeps the changes of both requests. The session is locked while the function runs, so the
    /// function must not use the session. If the function panics, none of this request's changes are saved.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` if the head of the response has already been sent, the session was destroyed, or
    ///   an earlier change panicked: the change would be lost.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Keys, prelude::*, sessions::{MemoryStore, Sessions}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let sessions = Sessions::new(MemoryStore::new(10), Keys::new("a secret of at least 32 random bytes")?);
    /// let mut res = Response::new();
    /// let cart = sessions.open::<Vec<u32>>(&Request::get("/"), &mut res).await?;
    /// cart.edit(|all| all.push(7))?;
    /// assert_eq!(cart.get(), [7]);
    ///
    /// res.send("done").settled().await;
    /// assert!(cart.edit(|all| all.push(8)).is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn edit(&self, change: impl Fn(&mut T) + Send + 'static) -> Result<(), Failure> {
        let mut state = self.changeable()?;
        state.is_changing = true;
        change(&mut state.value);
        state.is_changing = false;
        state.edits.push(Box::new(change));
        Ok(())
    }

    /// Gives the session a new id, which is necessary when a user logs in, and makes the old id invalid.
    ///
    /// Node.js: no counterpart; Express: `req.session.regenerate`, which also empties the session.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` in the same cases as [`edit`](Self::edit).
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Keys, prelude::*, sessions::{MemoryStore, Sessions}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let sessions = Sessions::new(MemoryStore::new(10), Keys::new("a secret of at least 32 random bytes")?);
    /// let mut res = Response::new();
    /// let user = sessions.open::<Option<String>>(&Request::get("/"), &mut res).await?;
    /// user.renew()?; // after checking the password
    /// user.edit(|it| *it = Some("ada".to_owned()))?;
    /// let sent = res.send("welcome").settled().await;
    /// assert!(sent.header("set-cookie").is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn renew(&self) -> Result<(), Failure> {
        self.changeable()?.renews = true;
        Ok(())
    }

    /// Removes the session from the store and from the browser.
    ///
    /// Node.js: no counterpart; Express: `req.session.destroy`.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` in the same cases as [`edit`](Self::edit).
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Keys, prelude::*, sessions::{MemoryStore, Sessions}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let sessions = Sessions::new(MemoryStore::new(10), Keys::new("a secret of at least 32 random bytes")?);
    /// let mut res = Response::new();
    /// let cart = sessions.open::<Vec<u32>>(&Request::get("/"), &mut res).await?;
    /// cart.destroy()?;
    /// assert!(cart.edit(|all| all.push(7)).is_err());
    /// let sent = res.send("goodbye").settled().await;
    /// assert!(sent.header("set-cookie").unwrap().to_str()?.contains("Max-Age=0"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn destroy(&self) -> Result<(), Failure>
    where
        T: Default,
    {
        let mut state = self.changeable()?;
        state.value = T::default();
        state.is_destroyed = true;
        Ok(())
    }

    fn changeable(&self) -> Result<MutexGuard<'_, State<T>>, Failure> {
        let state = self.lock();
        let why = match (state.is_saved, state.is_destroyed) {
            (true, _) => "the session was changed after the headers were sent",
            (_, true) => "the session was changed after it was destroyed",
            _ if state.is_changing => "the session was changed after a change had panicked",
            _ => return Ok(state),
        };
        Err(Failure::new(StatusCode::INTERNAL_SERVER_ERROR, why))
    }

    /// Locks the state, even if a function has panicked while it was locked.
    pub(super) fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Clone for Session<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: fmt::Debug> fmt::Debug for Session<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Session").field(&self.lock().value).finish()
    }
}
