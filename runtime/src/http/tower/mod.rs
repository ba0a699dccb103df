//! tower in both directions: requests that a tower service handles, and servers that are tower services.
//!
//! ```text
//! forward, service:  Request ──▶ http::Request<Body> ──▶ tower service ──▶ http::Response<B> ──▶ Reply
//! proxy:            the same, to another server, through a client that is a tower service
//! Server as Service: http::Request<B> ──▶ Exchange ──▶ handler ──▶ ResponseChannel ──▶ http::Response<ServerBody>
//! ```
//!
//! Invariants:
//! 1. No body is buffered: a body is polled when its reader asks for more.
//! 2. The handler is polled first by the future of a mounted server's response, then by the body of the response.
//!    Dropping the future or the body drops the handler, unless its response has ended.
//!
//! This module is independent of connections.

mod body;
mod call;
mod forward;
mod forwarded;
mod proxy;
mod upgrade;

pub use self::body::{ServerBody, ServerBodyError};
pub use self::call::ServerFuture;
pub use self::forward::service;
