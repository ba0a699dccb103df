//! A server that reports what it does: an access log, request ids, metrics and spans.
//!
//! ```text
//! curl -i localhost:3000/products/2
//! curl -i -H 'x-request-id: 4711' localhost:3000/products/9
//! curl localhost:3000/metrics
//! ```

use onward::http;
use onward::observe::{AccessLog, Metrics, Tracing, request_id};
use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response, metrics: Metrics) -> Result {
    request_id(&req, &mut res);
    route!("/products/{id: usize}" => find(id));
    route!("/error" => Err::<&str, _>(std::io::Error::other("the database is down"))?);
    route!("/metrics" => metrics);
}

fn find(id: usize) -> Option<&'static str> {
    // The line belongs to the span of the request, so it contains the id of the request.
    tracing::info!(id, "looking for a product");
    ["shoes", "lipstick", "cups"].get(id).copied()
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    // Spans and lines go to the standard error stream, the access log to standard output.
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    let metrics = Metrics::new();
    let handle = metrics.clone();
    let server = http::create_server(move |req, res| shop(req, res, handle.clone()));
    metrics.observe(&server);
    Tracing::new().observe(&server);
    AccessLog::json().observe(&server);
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
