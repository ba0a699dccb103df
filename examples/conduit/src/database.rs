//! Opens the database.

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};

/// Opens or creates a file, and runs the migrations that it does not have yet.
pub async fn open(path: &str) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        // Readers do not wait for a writer.
        .journal_mode(SqliteJournalMode::Wal);
    let db = SqlitePool::connect_with(options).await?;
    sqlx::migrate!().run(&db).await?;
    Ok(db)
}

/// Opens a database without a file, for tests. Such a database belongs to one connection, so there is only one
/// connection, which is never closed.
#[cfg(test)]
pub async fn in_memory() -> SqlitePool {
    let pool = sqlx::sqlite::SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None);
    let db = pool.connect("sqlite::memory:").await.expect("a database");
    sqlx::migrate!().run(&db).await.expect("migrations");
    db
}
