//! What sites are made of: statements and replies, over real sockets where the wire matters.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

/// A client for one request.
mod client;
mod negotiation;
mod redirects;

#[path = "../support/served.rs"]
mod served;
