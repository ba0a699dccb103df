//! Statements and replies for websites, over real sockets if the bytes on the wire matter.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

/// A client for one request.
mod client;
mod cookies;
mod cors;
mod embedded;
mod express;
mod files;
mod multipart;
mod negotiation;
mod redirects;
mod redis;
mod sessions;

#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../support/served.rs"]
mod served;
