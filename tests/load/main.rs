//! Many connections and large bodies: what a client can do to a server, and what it cannot.

#![expect(
    clippy::unwrap_used,
    reason = "here a panic is how a failure is told, and its line says what failed"
)]

mod shed;
#[cfg(target_os = "linux")]
mod stream;
