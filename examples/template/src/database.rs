//! Opens the database.

use sqlx::SqlitePool;

/// Opens the database of a URL, and creates the tables that it does not have.
pub async fn open(url: &str) -> sqlx::Result<SqlitePool> {
    let db = SqlitePool::connect(url).await?;
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        .execute(&db)
        .await?;
    Ok(db)
}
