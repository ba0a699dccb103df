//! The products in SQLite. SQLite blocks, so each call runs in `spawn_blocking`.

use crate::product::{NewProduct, Product};
use onward::events::Emitter;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::{Arc, Mutex, PoisonError};

const PAGE: u32 = 20;

onward::events! {
    /// The changes of a [`Store`].
    pub StoreEvents {
        /// A product was added or changed.
        Saved(Product),
        /// A product was deleted. The payload is its id.
        Deleted(i64),
    }
}

/// A handle to the database; clones share it.
#[derive(Clone)]
pub struct Store {
    db: Arc<Mutex<Connection>>,
    /// The changes, in their order: they are emitted while the database is locked.
    pub events: Arc<Emitter<StoreEvents>>,
}

impl Store {
    /// Opens or creates the file; `:memory:` is a store without a file.
    pub fn open(path: &str) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS products (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                price_cents INTEGER NOT NULL
            )",
        )?;
        Ok(Self {
            db: Arc::new(Mutex::new(connection)),
            events: Arc::default(),
        })
    }

    /// The products whose names contain a text. Pages are counted from 1.
    pub async fn list(&self, search: String, page: u32) -> rusqlite::Result<Vec<Product>> {
        self.run(move |db| {
            let mut select = db.prepare_cached(
                "SELECT id, name, price_cents FROM products
                 WHERE instr(lower(name), lower(?1)) > 0 ORDER BY name, id LIMIT ?2 OFFSET ?3",
            )?;
            let offset = u64::from(page.saturating_sub(1)) * u64::from(PAGE);
            let offset = i64::try_from(offset).unwrap_or(i64::MAX);
            let rows = select.query_map(params![search, PAGE, offset], product)?;
            rows.collect()
        })
        .await
    }

    pub async fn find(&self, id: i64) -> rusqlite::Result<Option<Product>> {
        self.run(move |db| {
            db.prepare_cached("SELECT id, name, price_cents FROM products WHERE id = ?1")?
                .query_row([id], product)
                .optional()
        })
        .await
    }

    pub async fn insert(&self, new: NewProduct) -> rusqlite::Result<Product> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let saved = db
                .prepare_cached(
                    "INSERT INTO products (name, price_cents) VALUES (?1, ?2)
                     RETURNING id, name, price_cents",
                )?
                .query_row(params![new.name, new.price_cents], product)?;
            events.emit(Saved, &saved);
            Ok(saved)
        })
        .await
    }

    pub async fn update(&self, id: i64, new: NewProduct) -> rusqlite::Result<Option<Product>> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let saved = db
                .prepare_cached(
                    "UPDATE products SET name = ?2, price_cents = ?3 WHERE id = ?1
                     RETURNING id, name, price_cents",
                )?
                .query_row(params![id, new.name, new.price_cents], product)
                .optional()?;
            if let Some(saved) = &saved {
                events.emit(Saved, saved);
            }
            Ok(saved)
        })
        .await
    }

    /// Deletes a product. Returns `false` if it does not exist.
    pub async fn delete(&self, id: i64) -> rusqlite::Result<bool> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let is_deleted = db.execute("DELETE FROM products WHERE id = ?1", [id])? > 0;
            if is_deleted {
                events.emit(Deleted, &id);
            }
            Ok(is_deleted)
        })
        .await
    }

    pub async fn count(&self) -> rusqlite::Result<i64> {
        self.run(|db| db.query_row("SELECT count(*) FROM products", [], |row| row.get(0)))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let connection = Arc::clone(&self.db);
        let work = move || {
            // A panic in another call cannot leave a statement half-done: SQLite's statements are atomic.
            let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            work(&connection)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(result) => result,
            Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
        }
    }
}

fn product(row: &Row<'_>) -> rusqlite::Result<Product> {
    Ok(Product {
        id: row.get(0)?,
        name: row.get(1)?,
        price_cents: row.get(2)?,
    })
}
