//! Rooms: their members, and the order of their messages.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onward::websocket::{CloseFrame, Message, WebSocket, WebSocketSender};
use serde::Serialize;

use crate::store::{Posted, Store};

/// All rooms; clones share them.
#[derive(Clone)]
pub struct Rooms(Arc<Shared>);

struct Shared {
    store: Store,
    /// Locked while a message is stored and sent, so that all members get the messages in the order of their ids.
    members: Mutex<HashMap<String, Vec<Member>>>,
}

struct Member {
    name: String,
    sender: WebSocketSender,
}

/// A message to a client.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Sent<'a> {
    Message(&'a Posted),
    Presence { names: Vec<&'a str> },
}

impl Rooms {
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Shared {
            store,
            members: Mutex::default(),
        }))
    }

    /// Sends a client the messages after `after`, or the last ones, as fast as it reads them. Returns the id of the last
    /// one.
    pub async fn catch_up(
        &self,
        room: &str,
        after: Option<i64>,
        socket: &mut WebSocket,
    ) -> onward::Result<i64> {
        let (rooms, name) = (self.clone(), room.to_owned());
        let mut last = match after {
            Some(id) => id,
            None => blocking(move || Ok(rooms.0.store.beginning(&name)?)).await?,
        };
        loop {
            let (rooms, name) = (self.clone(), room.to_owned());
            let page = blocking(move || Ok(rooms.0.store.after(&name, last)?)).await?;
            let Some(newest) = page.last() else {
                return Ok(last);
            };
            last = newest.id;
            for posted in &page {
                socket.send(json(&Sent::Message(posted))).await?;
            }
        }
    }

    /// Adds a member to the room, and sends it the messages after `after` that were posted in the meantime.
    pub async fn join(
        &self,
        room: &str,
        name: &str,
        after: i64,
        sender: &WebSocketSender,
    ) -> onward::Result<Guest> {
        let guest = Guest {
            rooms: self.clone(),
            room: room.to_owned(),
            sender: sender.clone(),
        };
        let (rooms, room, name, sender) = (
            self.clone(),
            room.to_owned(),
            name.to_owned(),
            sender.clone(),
        );
        blocking(move || {
            let mut members = rooms.0.lock();
            for posted in rooms.0.store.after(&room, after)? {
                sender.send(json(&Sent::Message(&posted)))?;
            }
            let in_room = members.entry(room).or_default();
            in_room.push(Member { name, sender });
            announce_presence(in_room);
            Ok(guest)
        })
        .await
    }

    /// Stores a message and sends it to the room. A message that was stored before is not sent again.
    pub async fn post(
        &self,
        room: &str,
        name: &str,
        nonce: String,
        text: String,
    ) -> onward::Result<()> {
        let (rooms, room, name) = (self.clone(), room.to_owned(), name.to_owned());
        blocking(move || {
            let mut members = rooms.0.lock();
            let Some(posted) = rooms.0.store.insert(&room, &name, &nonce, &text)? else {
                return Ok(());
            };
            if let Some(in_room) = members.get_mut(&room) {
                broadcast(in_room, &Sent::Message(&posted));
            }
            Ok(())
        })
        .await
    }

    fn leave(&self, room: &str, sender: &WebSocketSender) {
        let mut members = self.0.lock();
        let Some(in_room) = members.get_mut(room) else {
            return;
        };
        in_room.retain(|member| member.sender != *sender);
        if in_room.is_empty() {
            members.remove(room);
        } else {
            announce_presence(in_room);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Member>>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A member of a room, until it is dropped.
pub struct Guest {
    rooms: Rooms,
    room: String,
    sender: WebSocketSender,
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.rooms.leave(&self.room, &self.sender);
    }
}

/// A member that does not read is disconnected and resumes when it reconnects.
fn broadcast(members: &[Member], sent: &Sent<'_>) {
    let message = json(sent);
    for member in members {
        if member.sender.send(message.clone()).is_err() {
            member.sender.close(CloseFrame::new(1013, "too slow"));
        }
    }
}

fn announce_presence(members: &[Member]) {
    let mut names: Vec<&str> = members.iter().map(|member| &*member.name).collect();
    names.sort_unstable();
    names.dedup();
    broadcast(members, &Sent::Presence { names });
}

/// Serializing these types does not fail.
fn json(sent: &Sent<'_>) -> Message {
    Message::json(sent).unwrap_or_else(|error| Message::text(error.to_string()))
}

/// Runs blocking calls of SQLite.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> onward::Result<T> + Send + 'static,
) -> onward::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}
