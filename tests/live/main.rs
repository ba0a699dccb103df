//! Server-sent events over real sockets.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod follow;
mod lent;
mod restart;

/// A client that reads events.
mod client;
#[path = "../support/served.rs"]
mod served;
