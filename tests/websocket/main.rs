//! WebSockets over real sockets, with a client that sends any bytes.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod close;
mod frames;
mod handshake;
mod http2;
mod session;

/// A client that writes frames, valid or not.
mod client;
/// Random bytes.
mod property;
#[path = "../support/served.rs"]
mod served;
