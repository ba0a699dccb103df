//! A future that waits for the next event, and a stream of all events.
//!
//! # Invariants
//!
//! 1. A [`Once`] or [`On`] has at most two listeners: one of its event, one of `Error`. Dropping the future or stream
//!    removes both.
//! 2. Neither a `Once` nor an `On` holds a strong reference to the listeners of the emitter, so neither keeps them
//!    alive.
//! 3. The queue closes when its listener is dropped; after that nothing is added to it.
//! 4. No waker is woken, and no payload is dropped, under the lock of the queue.
//!
//! This folder does not depend on async listeners, timeouts or HTTP.

mod on;
mod once;
mod queue;
mod subscription;

pub use on::{On, on, on_with};
pub use once::{Once, once, once_with};
pub use queue::WaitError;
