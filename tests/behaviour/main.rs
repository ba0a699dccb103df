//! The server over real sockets: what goes in and what comes out.

#![expect(
    clippy::unwrap_used,
    reason = "here a panic is how a failure is told, and its line says what failed"
)]

mod response;
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

/// Servers in processes of their own.
#[cfg(unix)]
mod child;

/// A client, and servers for it.
mod client;
/// How a test and a handler wait for each other.
mod gate;
