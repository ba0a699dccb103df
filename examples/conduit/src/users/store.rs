//! Users in the database.

use super::UserChange;
use sqlx::{FromRow, SqlitePool};

#[derive(FromRow)]
pub struct User {
    pub id: i64,
    pub username: String,
    pub email: String,
    /// The hash of the password.
    pub password: String,
    pub bio: Option<String>,
    pub image: Option<String>,
}

pub async fn insert(
    db: &SqlitePool,
    username: &str,
    email: &str,
    password: &str,
) -> sqlx::Result<User> {
    sqlx::query_as("INSERT INTO users (username, email, password) VALUES (?, ?, ?) RETURNING *")
        .bind(username)
        .bind(email)
        .bind(password)
        .fetch_one(db)
        .await
}

pub async fn find(db: &SqlitePool, id: i64) -> sqlx::Result<Option<User>> {
    sqlx::query_as("SELECT * FROM users WHERE id = ?")
        .bind(id)
        .fetch_optional(db)
        .await
}

pub async fn find_by_email(db: &SqlitePool, email: &str) -> sqlx::Result<Option<User>> {
    sqlx::query_as("SELECT * FROM users WHERE email = ?")
        .bind(email)
        .fetch_optional(db)
        .await
}

/// Changes the fields that are present in `change`, whose password is a hash, and returns the user.
pub async fn update(db: &SqlitePool, id: i64, change: UserChange) -> sqlx::Result<User> {
    sqlx::query_as(
        "UPDATE users SET
            username = coalesce(?2, username), email = coalesce(?3, email), password = coalesce(?4, password),
            bio = iif(?5, ?6, bio), image = iif(?7, ?8, image)
         WHERE id = ?1 RETURNING *",
    )
    .bind(id)
    .bind(change.username)
    .bind(change.email)
    .bind(change.password)
    .bind(change.bio.is_some())
    .bind(change.bio.flatten())
    .bind(change.image.is_some())
    .bind(change.image.flatten())
    .fetch_one(db)
    .await
}
