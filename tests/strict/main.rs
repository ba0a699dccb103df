//! Requests that RFC 9110 and RFC 9112 require or allow a server to reject, byte for byte, and requests that it must
//! accept.
//!
//! A rejected request gets one response, with `connection: close`, and then the connection is closed. Bytes after the
//! request are not read. The handler never sees an invalid head, and reads an invalid body as an error, not as a
//! shorter body. Each request is sent as a whole and, unless it is long, also byte by byte.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
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
