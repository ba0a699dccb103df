//! The messages in SQLite. Replicas on one machine may use the same file; on several machines, use a database server.

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

/// The longest name of a room or a person, in characters.
pub const MAX_NAME: usize = 40;
/// The maximum number of older messages that a new client gets.
const HISTORY: u32 = 100;
/// The maximum number of messages that are read at once.
const PAGE: u32 = 100;

#[derive(Serialize)]
pub struct Posted {
    pub id: i64,
    name: String,
    nonce: String,
    text: String,
}

pub struct Store(Mutex<Connection>);

impl Store {
    /// Opens or creates the file; `:memory:` is a store without a file.
    pub fn open(path: &str) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS messages (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                room TEXT NOT NULL,
                name TEXT NOT NULL,
                nonce TEXT NOT NULL,
                text TEXT NOT NULL,
                UNIQUE (room, name, nonce)
            )",
        )?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Stores a message. Returns `false` if a message with its nonce is already stored.
    pub fn insert(
        &self,
        room: &str,
        name: &str,
        nonce: &str,
        text: &str,
    ) -> rusqlite::Result<bool> {
        let db = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let inserted = db
            .prepare_cached(
                "INSERT INTO messages (room, name, nonce, text) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![room, name, nonce, text])?;
        Ok(inserted > 0)
    }

    /// Returns one page of the messages of a room after `id`, the oldest first.
    pub fn after(&self, room: &str, id: i64) -> rusqlite::Result<Vec<Posted>> {
        let db = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut select = db.prepare_cached(
            "SELECT id, name, nonce, text FROM messages WHERE room = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let rows = select.query_map(params![room, id, PAGE], posted)?;
        rows.collect()
    }

    /// Returns the id of the message that precedes the last `HISTORY` messages, or 0. A new client begins after this
    /// message.
    pub fn beginning(&self, room: &str) -> rusqlite::Result<i64> {
        let db = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        db.prepare_cached(
            "SELECT id FROM messages WHERE room = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2",
        )?
        .query_row(params![room, HISTORY], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
    }
}

fn posted(row: &Row<'_>) -> rusqlite::Result<Posted> {
    Ok(Posted {
        id: row.get(0)?,
        name: row.get(1)?,
        nonce: row.get(2)?,
        text: row.get(3)?,
    })
}
