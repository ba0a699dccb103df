//! What can listen.

/// A listener of the event `E` of the set `Set`, which tells `P`: any closure or function that borrows it and returns
/// nothing.
///
/// It is the bound of [`Emitter::on`](super::Emitter::on) and its like, so that rustc can say in words what is no listener.
/// Code that passes listeners on has no need of it:
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
/// listen_twice(&door, Opened, |_| println!("come in"));
/// assert_eq!(door.listener_count(Opened), 2);
/// ```
///
/// Node: a function.
#[diagnostic::on_unimplemented(
    message = "this is not a listener of `{E}`, an event of `{Set}` that tells `{P}`",
    label = "not a listener of `{E}`",
    note = "a listener is a closure that borrows what the event tells and returns nothing: `|payload| …`",
    note = "an async one is added with `on_async` and has the form `|payload| {{ let own = payload.to_owned(); async move {{ … }} }}`"
)]
pub trait Listener<Set, E, P: ?Sized>: Fn(&P) {}

#[diagnostic::do_not_recommend]
impl<Set, E, P: ?Sized, F: Fn(&P)> Listener<Set, E, P> for F {}

/// A listener for one time, which may consume what it captures: an `FnOnce`. See [`Listener`].
///
/// It is the bound of [`Emitter::once`](super::Emitter::once) and its like.
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// let guest = String::from("ada");
/// door.once(Opened, move |_| drop(guest));
/// ```
///
/// Node: a function.
#[diagnostic::on_unimplemented(
    message = "this is not a listener of `{E}`, an event of `{Set}` that tells `{P}`",
    label = "not a listener of `{E}`",
    note = "a listener is a closure that borrows what the event tells and returns nothing: `|payload| …`",
    note = "an async one is added with `once_async` and has the form `|payload| {{ let own = payload.to_owned(); async move {{ … }} }}`"
)]
pub trait OnceListener<Set, E, P: ?Sized>: FnOnce(&P) {}

#[diagnostic::do_not_recommend]
impl<Set, E, P: ?Sized, F: FnOnce(&P)> OnceListener<Set, E, P> for F {}
