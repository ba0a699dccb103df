//! Saving a session before the head of its response goes out.

use std::sync::Arc;

use http::{StatusCode, header};
use serde::Serialize;

use super::session::{Edit, Session};
use super::store::{StoreError, Write};
use super::{Config, SessionId, decode, internal, store_failed};
use crate::error::{Error, Failure};
use crate::http::{Deserializable, OutgoingHead};
use crate::site::cookies::Cookie;

/// How often a change is applied to what another request has written before it is given up.
const MAX_ATTEMPTS: u32 = 10_000;

pub(super) struct Saving<T> {
    session: Session<T>,
    config: Arc<Config>,
    is_https: bool,
}

/// What is to be done with a session.
struct Work<T> {
    data: Vec<u8>,
    edits: Vec<Edit<T>>,
    stored: Option<(SessionId, u64)>,
    renews: bool,
}

/// What becomes of the session and of its cookie.
enum Change<T> {
    Nothing,
    /// The id, if there is one in the store.
    Destroy(Option<SessionId>),
    /// The client has a cookie of a session that is gone.
    Forget,
    Write(Work<T>),
}

impl<T> Saving<T>
where
    T: Serialize + Deserializable + Default + Send + 'static,
{
    pub(super) fn new(session: Session<T>, config: Arc<Config>, is_https: bool) -> Self {
        Self {
            session,
            config,
            is_https,
        }
    }

    /// Saves the session, and sets its cookie if necessary.
    pub(super) async fn run(self, mut head: OutgoingHead) -> Result<OutgoingHead, Error> {
        // Taken at once: from here on, a change is an error.
        let cookie = match self.take()? {
            Change::Nothing => None,
            Change::Forget => Some(self.cookie("").into_removal()),
            Change::Destroy(id) => {
                if let Some(id) = id {
                    let removed = self.config.store.remove(&id).await;
                    removed.map_err(store_failed)?;
                }
                Some(self.cookie("").into_removal())
            }
            Change::Write(work) => {
                let id = self.write(work).await?;
                let lifetime = self.config.lifetime;
                Some(self.cookie(id.as_str()).max_age(lifetime))
            }
        };
        if let Some(cookie) = cookie {
            let cookie = cookie.checked().map_err(|what| {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Failure::new(status, what)
            })?;
            head.append_header(header::SET_COOKIE, cookie.header(self.is_https));
            if head.get_header(header::CACHE_CONTROL).is_none() {
                head.set_header(header::CACHE_CONTROL, "no-store");
            }
        }
        Ok(head)
    }

    fn take(&self) -> Result<Change<T>, Failure> {
        let mut state = self.session.lock();
        state.is_saved = true;
        if state.is_destroyed {
            let id = state.stored.take().map(|(id, _)| id);
            return Ok(Change::Destroy(id));
        }
        let is_changed = !state.edits.is_empty() || state.renews;
        if !is_changed && !state.refreshes {
            return Ok(match state.has_dead_cookie {
                true => Change::Forget,
                false => Change::Nothing,
            });
        }
        Ok(Change::Write(Work {
            data: encode(&state.value)?,
            edits: std::mem::take(&mut state.edits),
            stored: state.stored.take(),
            renews: state.renews,
        }))
    }

    /// Writes the session. If another request has written it since it was loaded, the changes are applied to that.
    async fn write(&self, mut work: Work<T>) -> Result<SessionId, Failure> {
        let mut turn = None;
        for _ in 0..MAX_ATTEMPTS {
            let id = match &work.stored {
                Some((id, _)) if !work.renews => id.clone(),
                _ => SessionId::random().map_err(store_failed)?,
            };
            let written = self.config.store.write(Write {
                previous: work.stored.clone(),
                id: id.clone(),
                data: work.data.clone(),
                expires_in: self.config.lifetime,
            });
            if written.await.map_err(store_failed)? {
                return Ok(id);
            }
            // Others are saving it as well: from now on one after another, so that each needs few attempts.
            if turn.is_none()
                && let Some((id, _)) = &work.stored
            {
                turn = Some(self.config.turns.wait(id).await);
            }
            self.reload(&mut work).await?;
        }
        Err(gave_up())
    }

    /// Applies the changes to what is in the store.
    async fn reload(&self, work: &mut Work<T>) -> Result<(), Failure> {
        let Some((id, _)) = work.stored.take() else {
            // Two ids of 192 random bits are the same: the store is broken.
            return Err(store_failed("a new session exists already".into()));
        };
        let loaded = self.config.store.load(&id).await.map_err(store_failed)?;
        let Some(stored) = loaded else {
            return Err(ended());
        };
        let mut value: T = decode(&stored.data)?;
        for edit in &work.edits {
            edit(&mut value);
        }
        work.data = encode(&value)?;
        work.stored = Some((id, stored.version));
        Ok(())
    }

    fn cookie(&self, id: &str) -> Cookie {
        let template = self.config.cookie.clone();
        match id {
            "" => template,
            id => {
                let value = self.config.keys.sign(template.name(), id);
                template.with_value(value)
            }
        }
    }
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|error| internal("the session cannot be stored", error))
}

/// The session was destroyed, or got a new id, while this request was handled.
fn ended() -> Failure {
    let what = "the session has ended in the meantime";
    Failure::new(StatusCode::CONFLICT, what)
}

fn gave_up() -> Failure {
    let error = StoreError::from("the session is changed too often");
    internal("the session could not be saved", error)
}
