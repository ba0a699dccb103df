// The contents of this folder: `event.rs`, `macros.rs`, `id.rs` and `listener.rs` define the basic types and traits;
// `emitter/` contains the type that users call; `listeners/` stores listeners and calls them; `meta/` contains the
// events that every emitter has; `wait/` contains the future and the stream.
//
// Invariants:
//
// 1. The type of an event determines its payload; a slot is found by that type, never by name.
// 2. User code (listeners, `Waker::wake`, destructors of payloads) never runs under a lock of this folder; only a waker
//    may be cloned or replaced under one.
// 3. `emitter`, `meta` and `wait` change the listener lists only through `Listeners` and its `Registry`.
// 4. Every failure of a listener reaches a listener of `Error`, a listener of `ListenerFailed`, or stderr.
//
// This folder does not depend on HTTP. The only part of tokio that it uses is the runtime handle with which async
// listeners are spawned.

//! Typed event emitters: Node's `EventEmitter`, with events that are checked at compile time.
//!
//! [`events!`](crate::events!) declares a set of events. Each event is a unit type with a payload type; an [`Emitter`]
//! of the set stores listeners and calls them. `docs/events.md` is the guide and compares every behavior with Node's.
//!
//! # Listeners
//!
//! A listener is a closure that takes a reference to the payload, `Fn(&Payload)`, may be called from any thread and
//! returns nothing. [`Emitter::once`] takes an `FnOnce`. Adding a listener returns a [`ListenerId`], which
//! [`Emitter::off`] takes: closures cannot be compared, unlike the functions of Node's `off(event, listener)`. A
//! listener that needs the emitter uses a `static` or captures a [`Weak`](std::sync::Weak) to the emitter, since an
//! [`Arc`](std::sync::Arc) would keep it alive forever.
//!
//! # Emitting
//!
//! [`Emitter::emit`] calls the listeners in order on the calling thread and returns when the last one has returned.
//! Listeners added during the call run from the next `emit` on, and listeners removed during it still run. Emitting an
//! event without listeners costs a few instructions, and [`Emitter::emit_with`] does not even build the payload in that
//! case. Unless a listener fails, emitting allocates nothing, with two exceptions: removing a `once` listener may copy
//! the list, and the future of an async listener is boxed.
//!
//! # Failures
//!
//! By convention, failures are emitted as the event named `Error`. [`Emitter::emit_error`] returns the error if there
//! is no listener; [`ErrorMonitor`] is emitted in either case. A listener that panics stops neither the other listeners
//! nor the caller: the panic is reported as a [`ListenerFailed`] event, as is an unhandled error of an async listener.
//!
//! # Waiting
//!
//! [`Emitter::on_async`] adds async listeners; [`once`] returns a future that waits for the next event, and [`on`] a
//! stream of all later events.
//!
//! # Differences from Node
//!
//! - `on` returns an id, not the emitter.
//! - An event has one payload; several arguments are a tuple.
//! - `newListener` and `removeListener` are [`NewListener`] and [`RemoveListener`].
//! - The leak warning is also an event: [`MaxListenersExceeded`].
//! - An exception in a listener ends `emit` in Node; a panic in a listener does not end it here.
//! - Rejections are always captured, and there is no `AbortSignal`: dropping a future or stream ends it.
//!
//! # Examples
//!
//! ```
//! use onward::events::Emitter;
//!
//! onward::events! {
//!     /// The events of a chat room.
//!     pub ChatEvents {
//!         /// A message was posted.
//!         Message(str),
//!         /// The room was closed.
//!         Closed,
//!     }
//! }
//!
//! let chat: Emitter<ChatEvents> = Emitter::new();
//! chat.on(Message, |text| println!("{text}"));
//! chat.once(Closed, |_| println!("closed"));
//!
//! assert!(chat.emit(Message, "hello")); // there is a listener
//! chat.emit(Closed, &());
//! assert!(!chat.emit(Closed, &())); // the `once` listener was removed
//! ```
//!
//! A listener that emits:
//!
//! ```
//! # use onward::events::Emitter;
//! onward::events! { LightEvents { Switched(bool) } }
//!
//! static LIGHT: Emitter<LightEvents> = Emitter::new();
//!
//! LIGHT.on(Switched, |&on| {
//!     if on {
//!         LIGHT.emit(Switched, &false); // no lock is held while listeners run
//!     }
//! });
//! assert!(LIGHT.emit(Switched, &true));
//! ```

mod emitter;
mod event;
mod id;
mod listener;
mod listeners;
mod macros;
mod meta;
mod wait;

#[cfg(feature = "bridge")]
pub(crate) use emitter::WeakEmitter;
pub use emitter::{Emitter, ListenerOutcome};
pub use event::{Event, EventSet, FallibleSet};
#[doc(hidden)]
pub use id::IntoListenerId;
pub use id::ListenerId;
pub use listener::{Listener, OnceListener};
pub use meta::{
    ErrorMonitor, FailureReason, ListenerChange, ListenerFailed, ListenerFailure,
    MaxListenersExceeded, NewListener, RemoveListener, TooManyListeners, default_max_listeners,
    set_default_max_listeners,
};
pub use wait::{On, Once, WaitError, on, on_with, once, once_with};

// Used by the expansion of `events!`.
#[doc(hidden)]
pub use listeners::{AnySlot, ErrorSlot, Listeners, Slot, error_slot};
