//! HTTP/1.x as a sans-IO codec: bytes in, requests out; responses in, bytes out.
//!
//! The counterparts in Node.js are llhttp and `_http_outgoing`. The two halves share nothing but the
//! [`Buffer`](buffer::Buffer).
//!
//! This folder knows nothing about sockets, tasks or timers; `connection` drives it.

mod buffer;
pub(crate) mod read;
pub(crate) mod write;
