//! Bridges between replicas, over engines that are killed and links that are cut. Needs Debian's `redis-server` and
//! `nats-server`.
//!
//! `cargo test -p onward-tests --test bridge -- --ignored` emits 10,000 events in each replica.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

mod chaos;
mod engines;
mod listeners;
mod proxy;
#[path = "../support/redis.rs"]
mod redis_server;
mod replica;
mod streams;
