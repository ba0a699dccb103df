//! The data of the shop in SQLite. SQLite blocks, so each call runs in `spawn_blocking`.

mod orders;
mod products;
mod schema;
mod users;

use crate::product::Product;
use onward::events::Emitter;
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};

pub use orders::Purchase;
pub use products::PAGE;
pub use users::User;

onward::events! {
    /// The changes to a [`Store`].
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
    /// The changes, in order: they are emitted while the database is locked.
    pub events: Arc<Emitter<StoreEvents>>,
}

impl Store {
    /// Opens or creates the file; `:memory:` is a store without a file.
    pub fn open(path: &str) -> rusqlite::Result<Self> {
        let mut connection = Connection::open(path)?;
        schema::update(&mut connection)?;
        Ok(Self {
            db: Arc::new(Mutex::new(connection)),
            events: Arc::default(),
        })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let connection = Arc::clone(&self.db);
        let work = move || {
            // A panic in another call cannot leave a change half-done: each change is one statement, or a transaction
            // that is rolled back.
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            work(&mut connection)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(result) => result,
            Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
        }
    }
}
