//! The events that `events!` does not declare: those that every emitter has, which report changes and failures of its
//! listeners, and `ErrorMonitor`.
//!
//! # Invariants
//!
//! 1. `NewListener` is emitted before the list changes, `RemoveListener` after.
//! 2. A failure of a listener that is not emitted as `Error` is reported exactly once: as `ListenerFailed`, or on
//!    stderr.
//! 3. A failure of a listener of `ListenerFailed` is not emitted again.
//!
//! This folder does not depend on how listeners are stored or called.

mod failure;
mod max_listeners;
mod meta_events;

pub use failure::{FailureReason, ListenerFailed, ListenerFailure};
pub use max_listeners::{TooManyListeners, default_max_listeners, set_default_max_listeners};
pub use meta_events::{
    ErrorMonitor, ListenerChange, MaxListenersExceeded, NewListener, RemoveListener,
};
