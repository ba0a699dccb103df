//! Typed event emitters: Node's `EventEmitter`, with events that the compiler knows by name.
//!
//! A set of events is declared once, with [`events!`](crate::events!). Each event is a unit type and
//! says what it tells; an [`Emitter`] of the set takes listeners and calls them.
//!
//! ```
//! use onward::events::Emitter;
//!
//! onward::events! {
//!     /// What a chat room tells.
//!     pub ChatEvents {
//!         /// Somebody said something.
//!         MessageLogged(str),
//!         /// The room is closed.
//!         Closed,
//!     }
//! }
//!
//! let chat: Emitter<ChatEvents> = Emitter::new();
//! chat.on(MessageLogged, |text| println!("{text}"));
//! chat.once(Closed, |_| println!("good night"));
//!
//! assert!(chat.emit(MessageLogged, "hello")); // somebody listened
//! chat.emit(Closed, &());
//! assert!(!chat.emit(Closed, &())); // `once` is over
//! ```
//!
//! `chat.on(MessagedLogged, …)` does not compile, nor does an event of another emitter, nor a
//! listener that expects something else than the event tells.
//!
//! The guide, `docs/events.md`, shows all of it, and behaviour by behaviour what Node does.
//!
//! # Listeners
//!
//! A listener is a closure that borrows what the event tells: `Fn(&Payload)`, callable from every
//! thread, and returns nothing. [`Emitter::once`] takes an `FnOnce`. Registering returns a
//! [`ListenerId`], and [`Emitter::off`] takes it: closures have no identity by which Node's
//! `off(event, listener)` could find them.
//!
//! A listener that needs the emitter captures a [`Weak`](std::sync::Weak) to it (an
//! [`Arc`](std::sync::Arc) would keep it alive for ever) or finds it in a `static`:
//!
//! ```
//! # use onward::events::Emitter;
//! onward::events! { Lights { Switched(bool) } }
//!
//! static LIGHTS: Emitter<Lights> = Emitter::new();
//!
//! LIGHTS.on(Switched, |&on| {
//!     if on {
//!         LIGHTS.emit(Switched, &false); // no lock is held while listeners run
//!     }
//! });
//! LIGHTS.emit(Switched, &true);
//! ```
//!
//! # Emitting
//!
//! [`Emitter::emit`] calls the listeners one after the other, in the order of their registration, on
//! the thread that emits, and returns when the last one has. The list is the one of the moment `emit`
//! was called: a listener added meanwhile waits for the next time, one removed meanwhile still runs.
//!
//! Emitting what nobody listens to costs a few instructions. [`Emitter::emit_with`] does not even
//! build the payload. Emitting to listeners allocates nothing, except that a `once` listener's
//! departure may copy the list, and that an async listener's future is boxed.
//!
//! # Failing
//!
//! An event named `Error` is the one that failures go to. [`Emitter::emit_error`] emits it and gives the
//! error back if nobody listens; [`ErrorMonitor`] hears of it either way. A listener that panics stops
//! neither the others nor the caller: [`ListenerFailed`] tells of it. So it does of an async listener
//! whose error nobody listens to.
//!
//! # Waiting
//!
//! [`Emitter::on_async`] adds async listeners; [`once`] is a future of the next event, [`on`] a stream of
//! all of them.
//!
//! # Differences from Node
//!
//! - `on` returns an id, not the emitter.
//! - An event tells one value; several arguments are a tuple.
//! - `newListener` and `removeListener` are [`NewListener`] and [`RemoveListener`].
//! - The warning about too many listeners is an event as well: [`MaxListenersExceeded`].
//! - An exception in a listener ends Node's `emit`; a panic does not end this one.
//! - Rejections are always captured, and there is no `AbortSignal`: what is dropped has ended.

mod call;
mod declare;
mod emitter;
mod event;
mod extension;
mod failure;
mod id;
mod listener;
mod listeners;
mod max;
mod meta;
mod on;
mod once;
mod queue;
mod registration;
mod registry;
mod slot;
mod watch;

pub use emitter::{Emitter, ListenerOutcome};
pub use event::{Event, EventSet, FallibleSet};
pub use failure::{FailureReason, ListenerFailed, ListenerFailure};
pub use id::ListenerId;
pub use listener::{Listener, OnceListener};
pub use max::{TooManyListeners, default_max_listeners, set_default_max_listeners};
pub use meta::{ErrorMonitor, ListenerChange, MaxListenersExceeded, NewListener, RemoveListener};
pub use on::{On, on, on_with};
pub use once::{Once, once, once_with};
pub use queue::WaitError;

// What `events!` writes out has to name these.
#[doc(hidden)]
pub use listeners::Listeners;
#[doc(hidden)]
pub use slot::{AnySlot, ErrorSlot, Slot, error_slot};
