//! Passwords; only their hashes are stored. Argon2 is expensive on purpose: it takes about 20 ms and 19 MiB for each
//! password.

use crate::error::ShopError;
use crate::store::User;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use onward::prelude::*;
use std::error::Error as StdError;
use tokio::sync::Semaphore;

/// Limits how many passwords are hashed at a time, and thus the memory and the processors that this takes.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Hashes a new password with a random salt.
pub async fn hash(password: String) -> Result<String, ShopError> {
    blocking(move || {
        let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes())?;
        Ok(hash.to_string())
    })
    .await
}

/// Returns the user if the password is right. The check takes as long for a user who does not exist as for a wrong
/// password, so the time does not reveal who is a member.
pub async fn check(user: Option<User>, password: String) -> Result<Option<User>, ShopError> {
    let Some(user) = user else {
        hash(password).await?;
        return Ok(None);
    };
    blocking(move || {
        let hash = PasswordHash::new(&user.password)?;
        let is_right = Argon2::default().verify_password(password.as_bytes(), &hash);
        Ok(is_right.is_ok().then_some(user))
    })
    .await
}

type Outcome<T> = Result<T, Box<dyn StdError + Send + Sync>>;

/// Runs work on a thread that may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Outcome<T> + Send + 'static,
) -> Result<T, ShopError> {
    // The semaphore is never closed.
    let _turn = TURNS.acquire().await;
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome.map_err(|error| {
            let what = "a password could not be hashed";
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Failure::new(status, what).with_source(error).into()
        }),
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}
