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

#[path = "../support/certificates.rs"]
mod certificates;
#[path = "../protocols/client.rs"]
#[expect(dead_code, reason = "shared with the tests of the protocols")]
mod client;
/// Encodes and decodes with the crates of the codings.
mod codec;
#[path = "../support/gate.rs"]
mod gate;
#[path = "../protocols/http1.rs"]
mod http1;
#[path = "../support/served.rs"]
#[expect(dead_code, reason = "shared with the tests of the protocols")]
mod served;
#[path = "../protocols/server.rs"]
#[expect(dead_code, reason = "shared with the tests of the protocols")]
mod server;
#[path = "../protocols/stream.rs"]
mod stream;
