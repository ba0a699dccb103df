//! The backend of RealWorld, a blogging site: users, profiles, articles, comments.
//!
//! ```text
//! cargo run -p conduit [ADDRESS] [DATABASE]      (default: port 3000, the file `conduit.db`)
//! cargo run -p conduit -- --openapi              (prints the OpenAPI document)
//! ```
//!
//! The environment variable `CONDUIT_SECRET` contains the secret that signs the tokens; it should have at least 32
//! bytes. Without the variable, the tokens are signed with a secret for development.

#![allow(
    unreachable_pub,
    reason = "nothing outside of a program can use its items"
)]

mod app;
mod articles;
mod auth;
mod comments;
mod database;
mod error;
mod passwords;
mod profiles;
#[cfg(test)]
mod tests;
mod users;
mod validate;

use app::{App, conduit};
use auth::Tokens;
use onward::http;
use onward::prelude::*;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    if onward::openapi::print_if_requested(conduit::ROUTES) {
        return Ok(());
    }
    let argument = |index, default: &str| std::env::args().nth(index).unwrap_or(default.to_owned());
    let secret = std::env::var("CONDUIT_SECRET")
        .unwrap_or_else(|_| "a secret for development only".to_owned());
    let app = App {
        db: database::open(&argument(2, "conduit.db")).await?,
        tokens: Tokens::new(secret.as_bytes())?,
    };

    let server = http::create_server(move |req, res| conduit(req, res, app.clone()))
        .close_on_signal(Duration::from_secs(5));
    server.on(event::Error, |error| eprintln!("{error:?}"));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(argument(1, "3000")).await?;
    Ok(())
}
