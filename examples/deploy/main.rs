//! A server for production: options from a file and from the environment, health checks, metrics, an access log, a
//! graceful shutdown, and systemd.
//!
//! `cargo run --example deploy 127.0.0.1:3000 examples/deploy/server.toml` starts it. `Dockerfile` and `deploy.service`
//! in this folder start it in a container and under systemd.

use std::error::Error;
use std::time::Duration;

use onward::http::{self, ServerOptions};
use onward::observe::{AccessLog, Metrics};
use onward::prelude::*;
use onward::readiness;

#[server]
async fn site(req: Request, res: Response, metrics: Metrics) -> Result {
    route!("/" => "hello");
    route!("/livez" => "alive");
    route!("/readyz" => readiness(&req));
    route!("/metrics" => metrics);
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let file = match std::env::args().nth(2) {
        None => ServerOptions::default(),
        Some(path) => {
            let text =
                std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
            toml::from_str(&text).map_err(|error| format!("{path}: {error}"))?
        }
    };
    let metrics = Metrics::new();
    let handle = metrics.clone();
    let server = http::create_server(move |req, res| site(req, res, handle.clone()))
        .options(&file)
        .options(&ServerOptions::from_env("SERVER")?)
        .exempt_requests(|req| matches!(req.url.path(), "/livez" | "/readyz" | "/metrics"))
        .close_on_signal(Duration::from_secs(15));
    #[cfg(unix)]
    let server = server.notify_systemd();
    metrics.observe(&server);
    AccessLog::json().observe(&server);
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.on(event::DropRequest, |dropped| {
        eprintln!("503: {} exceeded {}", dropped.request.url, dropped.reason);
    });
    Ok(server.listen(onward_examples::address()).await?)
}
