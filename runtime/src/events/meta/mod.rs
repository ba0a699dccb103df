//! The events that every emitter has, regardless of its set. They report changes and failures of its listeners.
//!
//! # Invariants
//!
//! 1. `NewListener` is emitted before the list changes, `RemoveListener` after.
//! 2. A failure of a listener is reported exactly once: to a listener of `ListenerFailed`, or on stderr.
//! 3. A failure of a listener of `ListenerFailed` is not emitted again.
//!
//! This folder knows nothing about how listeners are stored or called.

mod failure;
mod max_listeners;
mod meta_events;

pub use failure::{FailureReason, ListenerFailed, ListenerFailure};
pub use max_listeners::{TooManyListeners, default_max_listeners, set_default_max_listeners};
pub use meta_events::{
    ErrorMonitor, ListenerChange, MaxListenersExceeded, NewListener, RemoveListener,
};
