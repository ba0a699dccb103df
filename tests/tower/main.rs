//! tower in both directions: services that Onward calls, and Onward as a service, over sockets.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod axum;
mod files;
mod layers;
mod proxy;
mod streams;

/// A test client that reads bytes.
mod client;
/// Servers of both kinds for one service.
mod serving;
