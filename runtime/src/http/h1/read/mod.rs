//! Reading HTTP/1.x.
//!
//! Invariants:
//! 1. A head that is returned is complete, within the limits, and valid: its method and its headers are those of the
//!    `http` crate, its target is a URI, and its body ends in exactly one place.
//! 2. An HTTP/1.1 head has exactly one valid `host`, unless the server does not require one.
//! 3. The result is the same however the bytes are divided when they arrive.
//! 4. Its cost is linear in the bytes received.
//!
//! It knows nothing of sockets and of handlers.

mod chunked;
mod fields;
pub(crate) mod head_parser;
mod header_cache;
pub(crate) mod parse_error;
pub(crate) mod request_head;
mod request_line;
pub(crate) mod request_reader;

#[cfg(test)]
mod tests;
