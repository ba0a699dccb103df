//! Passwords are stored as Argon2 hashes.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use onward::prelude::*;
use tokio::sync::Semaphore;

/// Runs a job that hashes a password. Hashing takes a moment and 19 MiB, so it runs outside of the async threads, and
/// only four passwords are hashed at once.
async fn hashing<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    static TURNS: Semaphore = Semaphore::const_new(4);
    let _turn = TURNS.acquire().await?;
    Ok(tokio::task::spawn_blocking(job).await?)
}

pub async fn hash(password: String) -> Result<String> {
    let hash = move || {
        let hash = Argon2::default().hash_password(password.as_bytes())?;
        Ok(hash.to_string())
    };
    hashing(hash).await?
}

/// Returns whether a password matches a hash. Without a hash, the function takes just as long and returns `false`, so
/// that the time of a response does not show whether a user exists.
pub async fn is_right(password: String, hash: Option<String>) -> Result<bool> {
    let Some(stored) = hash else {
        self::hash(password).await?;
        return Ok(false);
    };
    hashing(move || {
        let stored = PasswordHash::new(&stored)?;
        Ok(Argon2::default()
            .verify_password(password.as_bytes(), &stored)
            .is_ok())
    })
    .await?
}
