//! What RFC 9110 and RFC 9112 say a server refuses, byte for byte, and what it has to take.
//!
//! A request that is refused is answered once, with `connection: close`; then the connection ends. What comes behind it
//! is never answered, the handler never sees it, and sees a bad body as an error, not as a shorter body. Each is sent
//! at once and byte by byte.

#![expect(
    clippy::unwrap_used,
    reason = "here a panic is how a failure is told, and its line says what failed"
)]

mod chunks;
mod expect;
mod head;
mod host;
mod length;
mod probe;
mod repeated;
mod request_line;
mod size;
mod trailers;
