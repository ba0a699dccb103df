//! The server over real sockets: what goes in and what comes out.

#![expect(
    clippy::unwrap_used,
    reason = "here a panic is how a failure is told, and its line says what failed"
)]

mod answer;
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
mod restart;
mod run;
mod serve;
#[cfg(unix)]
mod shortage;
#[cfg(unix)]
mod signal;
#[cfg(target_os = "linux")]
mod systemd;
mod truncation;
#[cfg(unix)]
mod unix;
mod unsent;
mod upgrade;
mod wire;

/// Servers in processes of their own.
#[cfg(unix)]
mod child;

/// A client, and servers for it.
mod client;
/// How a test and a handler wait for each other.
mod gate;
