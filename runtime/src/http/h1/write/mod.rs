//! Writes HTTP/1.x.
//!
//! Invariants:
//! 1. A response head frames its body in exactly one way: by one `content-length`, by one `transfer-encoding` that ends
//!    with `chunked`, or by neither; in the last case, the status allows no body, or the body ends when the
//!    connection is closed.
//! 2. A head contains `connection: close` if and only if no other request is read after it, except that a 101 never
//!    contains it.
//! 3. Nothing that a handler sets can add a line to a head: names and values are validated by the `http` crate.
//!
//! This folder knows nothing about sockets or the order of requests.

mod date;
pub(crate) mod framing;
pub(crate) mod response_writer;

#[cfg(test)]
mod tests;
