//! Writing HTTP/1.x.
//!
//! Invariants:
//! 1. A head that is written declares its body in exactly one way: one `content-length`, or one `transfer-encoding` that
//!    ends in `chunked`, or neither and then the connection is closed or the status has no body.
//! 2. `connection: close` is in a head if and only if no other request is read after it.
//! 3. Nothing that a handler sets can add a line to a head: names and values are those of the `http` crate.
//!
//! It knows nothing of sockets and of the order of requests.

mod date;
pub(crate) mod framing;
pub(crate) mod response_writer;

#[cfg(test)]
mod tests;
