//! The bounds of listeners.

/// A listener of the event `E` of `Set`: a closure or function that takes `&P` and returns nothing.
///
/// This is the bound of [`Emitter::on`](super::Emitter::on) and similar methods. It exists for its error message;
/// generic code uses `Fn` instead. Node.js: a function.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, Event, EventSet, ListenerId};
///
/// fn listen_twice<Set, E, F>(emitter: &Emitter<Set>, event: E, listener: F) -> [ListenerId; 2]
/// where
///     Set: EventSet,
///     E: Event<Set>,
///     F: Fn(&E::Payload) + Clone + Send + Sync + 'static,
/// {
///     [emitter.on(event, listener.clone()), emitter.on(event, listener)]
/// }
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// listen_twice(&door, Opened, |_| println!("opened"));
/// assert_eq!(door.listener_count(Opened), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "this is not a listener of `{E}`, an event of `{Set}` with the payload `{P}`",
    label = "not a listener of `{E}`",
    note = "a listener is a closure that takes a reference to the payload and returns nothing: `|payload| …`",
    note = "use `on_async` to add an async listener: `|payload| {{ let own = payload.to_owned(); async move {{ … }} }}`"
)]
pub trait Listener<Set, E, P: ?Sized>: Fn(&P) {}

#[diagnostic::do_not_recommend]
impl<Set, E, P: ?Sized, F: Fn(&P)> Listener<Set, E, P> for F {}

/// A one-time listener of the event `E` of `Set`: an `FnOnce`, which may consume the values that it captures.
///
/// This is the bound of [`Emitter::once`](super::Emitter::once) and similar methods; see [`Listener`]. Node.js: a
/// function.
///
/// # Examples
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// let (sender, receiver) = std::sync::mpsc::channel::<String>();
/// let name = String::from("front door");
/// door.once(Opened, move |_| drop(sender.send(name)));
/// door.emit(Opened, &());
/// assert_eq!(receiver.recv().unwrap(), "front door");
/// ```
#[diagnostic::on_unimplemented(
    message = "this is not a listener of `{E}`, an event of `{Set}` with the payload `{P}`",
    label = "not a listener of `{E}`",
    note = "a listener is a closure that takes a reference to the payload and returns nothing: `|payload| …`",
    note = "use `once_async` to add an async listener: `|payload| {{ let own = payload.to_owned(); async move {{ … }} }}`"
)]
pub trait OnceListener<Set, E, P: ?Sized>: FnOnce(&P) {}

#[diagnostic::do_not_recommend]
impl<Set, E, P: ?Sized, F: FnOnce(&P)> OnceListener<Set, E, P> for F {}
