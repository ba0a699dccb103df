//! The tables, and the steps that update those of an older version of the program.

use rusqlite::Connection;

/// The steps, each of which is run once for a database. Append new ones and never change one that was released.
const STEPS: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS products (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        price_cents INTEGER NOT NULL
    )",
    "ALTER TABLE products ADD COLUMN stock INTEGER;
    ALTER TABLE products ADD COLUMN picture TEXT;
    ALTER TABLE products ADD COLUMN seller INTEGER REFERENCES users (id);
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        password TEXT NOT NULL
    )",
];

/// Runs the steps that a database does not have yet, all or none of them.
pub(super) fn update(db: &mut Connection) -> rusqlite::Result<()> {
    let update = db.transaction()?;
    let done: i64 = update.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (number, step) in (1..).zip(STEPS) {
        if number > done {
            update.execute_batch(step)?;
            update.pragma_update(None, "user_version", number)?;
        }
    }
    update.commit()
}
