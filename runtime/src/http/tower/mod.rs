//! tower both ways: requests that a tower service handles, and a server that is a tower service.
//!
//! ```text
//! forward, service:  Request ──▶ http::Request<Body> ──▶ tower service ──▶ http::Response<B> ──▶ Reply
//! Server as Service: http::Request<B> ──▶ Exchange ──▶ handler ──▶ ResponseChannel ──▶ http::Response<ServerBody>
//! ```
//!
//! Invariants:
//! 1. No body is buffered: a body is polled when its reader asks for more.
//! 2. The handler of a mounted server is polled by the future of its response, then by the body. It is dropped with them, unless its
//!    response has ended.
//!
//! It knows nothing of connections.

mod body;
mod call;
mod forward;
mod upgrade;

pub use self::body::{ServerBody, ServerBodyError};
pub use self::call::ServerFuture;
pub use self::forward::service;
