//! A starting point for your own program: copy this folder.

mod app;
mod database;

use onward::http;
use onward::observe::AccessLog;
use onward::prelude::*;
use std::env;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite:app.db?mode=rwc".to_owned());
    let db = database::open(&file).await?;
    let server = http::create_server(move |req, res| app::app(req, res, db.clone()))
        .close_on_signal(Duration::from_secs(10));
    AccessLog::combined().observe(&server);
    server.on(event::Error, |error| eprintln!("{error:?}"));
    server.on(event::Listening, |at| println!("Listening on {at}"));

    // systemd and, during development, systemfd pass an open socket.
    if env::var_os("LISTEN_FDS").is_some() {
        server.listen(http::Systemd::socket()).await?;
    } else {
        let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
        server.listen(address).await?;
    }
    Ok(())
}
