//! Rooms: their members at this replica, and the order of their messages.
//!
//! The messages are in the database, which all replicas share. The events of the bridge report only that there are new
//! messages: each replica then sends its members the messages after the last one that they have, so nothing is lost if
//! an event is missed or late.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use onward::bridge::{self, Bridge, Engine};
use onward::events::Emitter;
use onward::websocket::{CloseFrame, Message, WebSocket, WebSocketSender};
use serde::Serialize;

use crate::presence::{Presence, Present};
use crate::store::{Posted, Store};

onward::events! {
    /// The events that the replicas send to one another.
    pub ChatEvents {
        /// A room has new messages. The payload is its name.
        Written(str),
        /// The members of a room at one replica have changed.
        Changed(Present),
        /// A replica asks the others who is present.
        Asked(()),
    }
}

/// All rooms; clones share them.
#[derive(Clone)]
pub struct Rooms(Arc<Shared>);

struct Shared {
    store: Store,
    bridge: Bridge,
    /// The emitter of the events that the bridge carries.
    events: Emitter<ChatEvents>,
    rooms: Mutex<HashMap<String, Room>>,
    presence: Presence,
    /// Locked while the members of a room are being announced, so that the last announcement is the current one.
    announcing: Mutex<()>,
}

#[derive(Default)]
struct Room {
    members: Vec<Member>,
    /// The id of the last message that the members have.
    last: i64,
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
    Presence { names: Vec<String> },
}

impl Rooms {
    pub fn new(store: Store, engine: impl Engine) -> Self {
        let presence = Presence::default();
        let events = Emitter::new();
        let bridge = Bridge::over(engine)
            .carry(&events, Written)
            .carry(&events, Changed)
            .carry(&events, Asked)
            .replica(presence.replica());
        let rooms = Self(Arc::new(Shared {
            store,
            bridge,
            events,
            rooms: Mutex::default(),
            presence,
            announcing: Mutex::default(),
        }));
        rooms.listen();
        rooms
    }

    /// Adds the listeners. They do not keep the rooms alive.
    fn listen(&self) {
        let Shared { bridge, events, .. } = &*self.0;
        let rooms = Arc::downgrade(&self.0);
        let shared = move || rooms.upgrade();

        let rooms = shared.clone();
        events.on(Written, move |room| _ = rooms().map(|it| it.deliver(room)));
        let rooms = shared.clone();
        events.on(Changed, move |present| {
            _ = rooms().map(|it| it.show(present))
        });
        let rooms = shared.clone();
        events.on(Asked, move |_| _ = rooms().map(|it| it.announce_all()));

        // Something may have been missed: read the database, and ask who is present.
        let rooms = shared.clone();
        bridge.on(bridge::Gap, move |gap| {
            eprintln!("{gap}");
            if let Some(rooms) = rooms() {
                rooms.recover(gap);
            }
        });
        bridge.on(bridge::Dropped, |lost| eprintln!("{lost}"));
        bridge.on(bridge::Down, |error| eprintln!("disconnected: {error}"));
        let rooms = shared;
        bridge.on(bridge::Up, move |_| {
            _ = rooms().map(|it| it.bridge.emit(Asked, &()));
        });
    }

    /// Sends a client the messages after `after`, or the most recent messages if `after` is `None`, as fast as the
    /// client reads them. Returns the id of the last message.
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
        let member = Member {
            name: name.to_owned(),
            sender: sender.clone(),
        };
        blocking(move || {
            guest.rooms.0.enter(&guest.room, member, after)?;
            guest.rooms.0.announce(&guest.room);
            Ok(guest)
        })
        .await
    }

    /// Stores a message and sends it to the room, at all replicas. A message that was stored before is not sent again.
    pub async fn post(
        &self,
        room: &str,
        name: &str,
        nonce: String,
        text: String,
    ) -> onward::Result<()> {
        let (rooms, room, name) = (self.clone(), room.to_owned(), name.to_owned());
        blocking(move || {
            if rooms.0.store.insert(&room, &name, &nonce, &text)? {
                rooms.0.bridge.emit(Written, &room);
            }
            Ok(())
        })
        .await
    }

    /// Sends the queued events to the other replicas, and closes the bridge.
    pub async fn close(&self) {
        self.0.bridge.close(Duration::from_secs(3)).await;
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the members of a room the messages that they do not have.
    fn deliver(&self, name: &str) {
        if let Some(room) = self.lock().get_mut(name)
            && let Err(error) = room.deliver(&self.store, name)
        {
            eprintln!("the messages of `{name}` cannot be read: {error}");
        }
    }

    fn recover(&self, gap: &bridge::Missed) {
        if let (bridge::GapCause::Silent, Some(replica)) = (gap.cause, &gap.replica) {
            self.presence.forget(replica);
        }
        let names: Vec<String> = self.lock().keys().cloned().collect();
        for name in names {
            self.deliver(&name);
            self.announce(&name);
        }
        self.bridge.emit(Asked, &());
    }

    fn enter(&self, name: &str, member: Member, after: i64) -> onward::Result<()> {
        let mut rooms = self.lock();
        let room = rooms.entry(name.to_owned()).or_default();
        if room.members.is_empty() {
            room.last = after;
        }
        room.deliver(&self.store, name)?;
        let mut newcomer = Room {
            members: vec![member],
            last: after,
        };
        newcomer.deliver(&self.store, name)?;
        room.last = room.last.max(newcomer.last);
        room.members.append(&mut newcomer.members);
        Ok(())
    }

    fn leave(&self, name: &str, sender: &WebSocketSender) {
        let mut rooms = self.lock();
        if let Some(room) = rooms.get_mut(name) {
            room.members.retain(|member| member.sender != *sender);
            if room.members.is_empty() {
                rooms.remove(name);
            }
        }
        drop(rooms);
        self.announce(name);
    }

    /// Sends the names of the members at this replica to all replicas, including this one.
    fn announce(&self, name: &str) {
        let _turn = self.announcing.lock();
        let names = match self.lock().get(name) {
            Some(room) => room.members.iter().map(|it| it.name.clone()).collect(),
            None => Vec::new(),
        };
        let present = self.presence.here(name, names);
        self.bridge.emit(Changed, &present);
    }

    fn announce_all(&self) {
        let names: Vec<String> = self.lock().keys().cloned().collect();
        for name in names {
            self.announce(&name);
        }
    }

    /// Sends the members at this replica the names of those who are present at any replica.
    fn show(&self, present: &Present) {
        let names = self.presence.set(present);
        if let Some(room) = self.lock().get(&present.room) {
            room.broadcast(&Sent::Presence { names });
        }
    }
}

impl Room {
    fn deliver(&mut self, store: &Store, name: &str) -> rusqlite::Result<()> {
        loop {
            let page = store.after(name, self.last)?;
            let Some(newest) = page.last() else {
                return Ok(());
            };
            self.last = newest.id;
            for posted in &page {
                self.broadcast(&Sent::Message(posted));
            }
        }
    }

    /// Sends a message to all members. A member that does not read is disconnected and resumes when it reconnects.
    fn broadcast(&self, sent: &Sent<'_>) {
        let message = json(sent);
        for member in &self.members {
            if member.sender.send(message.clone()).is_err() {
                member.sender.close(CloseFrame::new(1013, "too slow"));
            }
        }
    }
}

/// A member of a room, who leaves the room when this value is dropped.
pub struct Guest {
    rooms: Rooms,
    room: String,
    sender: WebSocketSender,
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.rooms.0.leave(&self.room, &self.sender);
    }
}

/// Serializes a message. Serialization cannot fail for this type.
fn json(sent: &Sent<'_>) -> Message {
    Message::json(sent).unwrap_or_else(|error| Message::text(error.to_string()))
}

/// Runs blocking SQLite calls.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> onward::Result<T> + Send + 'static,
) -> onward::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}
