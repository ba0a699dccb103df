//! The server over real sockets: bytes in, bytes out.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod body;
mod close;
mod direct;
mod disconnect;
mod dispatch;
mod events;
mod failure;
mod handover;
mod headers;
mod interim;
mod length;
mod life;
mod limits;
mod listen;
mod long;
mod raw;
mod response;
mod restart;
mod run;
mod serve;
#[cfg(unix)]
mod shortage;
#[cfg(unix)]
mod signal;
#[cfg(target_os = "linux")]
mod systemd;
#[cfg(unix)]
mod unix;
mod wire;

/// Servers in separate processes.
#[cfg(unix)]
mod child;

/// A test client, and starting servers for it.
mod client;
/// Synchronizes a test with a handler.
mod gate;
