//! Reads HTTP/1.x.
//!
//! Invariants:
//! 1. A returned head is complete, within the limits, and valid: the `http` crate accepts its method, target and
//!    headers, and its body has exactly one possible end.
//! 2. An HTTP/1.1 head has exactly one valid `host`, unless the server does not require one.
//! 3. The result does not depend on how the bytes are divided when they arrive.
//! 4. Parsing is linear in the number of bytes received.
//!
//! This folder knows nothing about sockets or handlers.

mod chunked;
mod fields;
pub(crate) mod head_parser;
mod header_cache;
pub(crate) mod parse_error;
pub(crate) mod request_head;
mod request_line;
pub(crate) mod request_reader;
mod target_form;

#[cfg(test)]
mod tests;
