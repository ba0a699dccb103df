//! Servers under faults of clients, of the network and of the operating system.
//!
//! Each test takes seconds to minutes and is ignored unless requested: `cargo test -p onward-tests --test chaos -- --ignored
//! --exact --nocapture clients::that_vanish`. `docs/reliability.md` lists the tests and what they print.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

#[path = "../behaviour/child.rs"]
mod child;
mod client;
mod clients;
mod network;
mod proxy;
mod resources;
mod restart;
mod server;
mod soak;
