//! What servers report about their requests: access logs, ids, metrics, spans.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod access_log;
mod destinations;
mod metrics;
mod otlp;
mod request_id;
mod spans;

/// Clients that write any bytes.
mod client;
/// A collector of spans.
mod collector;
#[path = "../support/gate.rs"]
mod gate;
/// A destination for log lines, which a test reads.
mod lines;
#[path = "../support/served.rs"]
mod served;
