//! Encoders, compression and entity tags, over sockets.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod compression;
mod decompression;
mod encoders;
mod etags;
mod programs;

/// Codings as their own crates read and write them.
mod codec;
#[path = "../protocols/client.rs"]
mod client;
#[path = "../protocols/frames.rs"]
#[expect(dead_code, reason = "shared with the tests of the protocols")]
mod frames;
#[path = "../support/gate.rs"]
mod gate;
#[path = "../protocols/http1.rs"]
mod http1;
#[path = "../support/served.rs"]
mod served;
#[path = "../protocols/server.rs"]
mod server;
