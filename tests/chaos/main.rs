//! Servers under faults of clients, of the network and of the operating system.
//!
//! Each test takes seconds to minutes and is ignored unless requested:
//! `cargo test -p onward-tests --test chaos -- --ignored --exact --nocapture clients::that_vanish`.
//! `docs/reliability.md` lists the tests and what they print.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod attacked;
mod attackers;
#[path = "../support/certificates.rs"]
mod certificates;
#[path = "../behaviour/child.rs"]
mod child;
mod client;
mod clients;
#[path = "../support/http2_frames.rs"]
mod http2_frames;
mod network;
mod normal;
mod proxy;
mod reload;
mod replicas;
mod resources;
mod restart;
mod server;
mod slow;
mod soak;
#[path = "../support/tool.rs"]
mod tool;
