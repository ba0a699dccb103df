//! The members of the shop.

use super::Store;
use rusqlite::{OptionalExtension, params};

/// A member.
pub struct User {
    pub id: i64,
    pub name: String,
    /// The hash of the password.
    pub password: String,
}

impl Store {
    /// Adds a member and returns its id, or `None` if the name is taken.
    pub async fn add_user(&self, name: String, password: String) -> rusqlite::Result<Option<i64>> {
        self.run(move |db| {
            db.prepare_cached(
                "INSERT INTO users (name, password) VALUES (?1, ?2) ON CONFLICT DO NOTHING RETURNING id",
            )?
            .query_row(params![name, password], |row| row.get(0))
            .optional()
        })
        .await
    }

    pub async fn find_user(&self, name: String) -> rusqlite::Result<Option<User>> {
        self.run(move |db| {
            db.prepare_cached("SELECT id, name, password FROM users WHERE name = ?1")?
                .query_row([name], |row| {
                    Ok(User {
                        id: row.get(0)?,
                        name: row.get(1)?,
                        password: row.get(2)?,
                    })
                })
                .optional()
        })
        .await
    }
}
