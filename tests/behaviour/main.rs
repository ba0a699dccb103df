//! The server over real sockets: bytes in, bytes out.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod body;
mod cancellation;
mod close;
mod direct;
mod disconnect;
mod dispatch;
mod events;
mod failure;
mod framing;
mod handover;
mod headers;
mod interim;
mod interruption;
mod length;
mod life;
mod limits;
mod listen;
mod long;
mod raw;
mod reports;
mod response;
mod restart;
mod run;
mod serve;
#[cfg(unix)]
mod shortage;
#[cfg(unix)]
mod signal;
mod switch;
#[cfg(target_os = "linux")]
mod systemd;
mod truncation;
#[cfg(unix)]
mod unix;
mod unsent;
mod upgrade;
mod wire;

/// Servers in separate processes.
#[cfg(unix)]
mod child;

/// A test client, and functions that start servers for it.
mod client;
/// Synchronizes a test with a handler.
#[path = "../support/gate.rs"]
mod gate;
#[path = "../support/served.rs"]
mod served;
