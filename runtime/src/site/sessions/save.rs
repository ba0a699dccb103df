//! Saves a session before the head of its response is sent.

use std::sync::Arc;

use http::{StatusCode, header};
use serde_core::Serialize;

use super::session::{Edit, Session};
use super::store::{StoreError, Write};
use super::turns::Latest;
use super::{Config, SessionId, decode, internal, store_failed};
use crate::error::{Error, Failure};
use crate::http::{Deserializable, OutgoingHead};
use crate::site::cookies::Cookie;

/// How many times a change is applied again because another request has written the session. After that, saving fails.
const MAX_ATTEMPTS: u32 = 10_000;

pub(super) struct Saving<T> {
    session: Session<T>,
    config: Arc<Config>,
    is_https: bool,
}

/// A session to write, and the changes that may have to be applied again.
struct Work<T> {
    data: Vec<u8>,
    edits: Vec<Edit<T>>,
    stored: Option<(SessionId, u64)>,
    renews: bool,
}

/// The action to perform on a session and its cookie.
enum Change<T> {
    Nothing,
    /// The id, if the session is in the store.
    Destroy(Option<SessionId>),
    /// The client has the cookie of a session that no longer exists.
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
        // The changes are taken here; any later change is an error.
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
        if state.is_changing {
            return Ok(Change::Nothing);
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

    /// Writes the session. If another request has written it since it was loaded, the changes are applied to the new
    /// version.
    async fn write(&self, mut work: Work<T>) -> Result<SessionId, Failure> {
        let Some((id, loaded)) = work.stored.take() else {
            return self.create(work).await;
        };
        let mut turn = self.config.turns.wait(&id).await;
        let mut version = loaded;
        if let Some(latest) = turn.take()
            && latest.id == id
            && latest.version != loaded
        {
            version = latest.version;
            work.data = reapplied(&work.edits, &latest.data)?;
        }
        for _ in 0..MAX_ATTEMPTS {
            let new_id = match work.renews {
                true => SessionId::random().map_err(store_failed)?,
                false => id.clone(),
            };
            let write = self.write_of(Some((id.clone(), version)), &new_id, &work.data);
            if let Some(version) = write.await? {
                let data = work.data;
                *turn = (!work.renews).then_some(Latest { id, version, data });
                return Ok(new_id);
            }
            // Another process has written the session first, or the session has ended.
            let loaded = self.config.store.load(&id).await.map_err(store_failed)?;
            let stored = loaded.ok_or_else(ended)?;
            version = stored.version;
            work.data = reapplied(&work.edits, &stored.data)?;
        }
        Err(gave_up())
    }

    async fn create(&self, work: Work<T>) -> Result<SessionId, Failure> {
        let id = SessionId::random().map_err(store_failed)?;
        match self.write_of(None, &id, &work.data).await? {
            Some(_) => Ok(id),
            // Two random ids of 192 bits are practically never equal, so the store must be faulty.
            None => Err(store_failed("a new session already exists".into())),
        }
    }

    async fn write_of(
        &self,
        previous: Option<(SessionId, u64)>,
        id: &SessionId,
        data: &[u8],
    ) -> Result<Option<u64>, Failure> {
        let written = self.config.store.write(Write {
            previous,
            id: id.clone(),
            data: data.to_vec(),
            expires_in: self.config.lifetime,
        });
        written.await.map_err(store_failed)
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

/// Applies changes to the session in the store.
fn reapplied<T>(edits: &[Edit<T>], data: &[u8]) -> Result<Vec<u8>, Failure>
where
    T: Serialize + Deserializable,
{
    let mut value: T = decode(data)?;
    for edit in edits {
        edit(&mut value);
    }
    encode(&value)
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|error| internal("the session cannot be stored", error))
}

/// Returns the error for a session that was destroyed or got a new id while this request was handled.
fn ended() -> Failure {
    let what = "the session has ended in the meantime";
    Failure::new(StatusCode::CONFLICT, what)
}

fn gave_up() -> Failure {
    let error = StoreError::from("other requests changed the session too often");
    internal("the session could not be saved", error)
}
