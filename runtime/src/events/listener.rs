//! What can listen.

use super::event::{Event, EventSet};

/// A listener of the event `E` of the set `Set`: any closure or function that borrows what the event tells, and that
/// may be called from every thread.
///
/// Code that passes listeners on names it as a bound:
///
/// ```
/// use onward::events::{Emitter, Event, EventSet, Listener, ListenerId};
///
/// fn listen_twice<Set, E>(emitter: &Emitter<Set>, event: E, listener: impl Listener<Set, E> + Clone) -> [ListenerId; 2]
/// where
///     Set: EventSet,
///     E: Event<Set>,
/// {
///     [emitter.on(event, listener.clone()), emitter.on(event, listener)]
/// }
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// listen_twice(&door, Opened, |_: &()| println!("come in"));
/// assert_eq!(door.listener_count(Opened), 2);
/// ```
///
/// Node: a function.
pub trait Listener<Set: EventSet, E: Event<Set>>: Hear<Set, E> + Send + Sync + 'static {}

impl<Set, E, F> Listener<Set, E> for F
where
    Set: EventSet,
    E: Event<Set>,
    F: Hear<Set, E> + Send + Sync + 'static,
{
}

/// A listener for one time, which may consume what it captures: an `FnOnce`. See [`Listener`].
///
/// ```
/// use onward::events::{Emitter, Event, EventSet, ListenerId, OnceListener};
///
/// fn first<Set: EventSet, E: Event<Set>>(
///     emitter: &Emitter<Set>,
///     event: E,
///     listener: impl OnceListener<Set, E>,
/// ) -> ListenerId {
///     emitter.prepend_once_listener(event, listener)
/// }
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// first(&door, Opened, |_: &()| println!("come in"));
/// ```
///
/// Node: a function.
pub trait OnceListener<Set: EventSet, E: Event<Set>>: HearOnce<Set, E> + Send + 'static {}

impl<Set, E, F> OnceListener<Set, E> for F
where
    Set: EventSet,
    E: Event<Set>,
    F: HearOnce<Set, E> + Send + 'static,
{
}

// The closure by itself, apart from where it may be called: so that rustc tells in these words what is no listener, and in
// its own what is not `Send`.

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is not a listener of `{E}`, an event of `{Set}`",
    label = "not a listener of `{E}`",
    note = "a listener is a closure that borrows what the event tells and returns nothing: `|payload| …`",
    note = "an async one is added with `on_async` and has the form `|payload| {{ let own = payload.to_owned(); async move {{ … }} }}`"
)]
pub trait Hear<Set: EventSet, E: Event<Set>>: Fn(&E::Payload) {}

#[diagnostic::do_not_recommend]
impl<Set, E, F> Hear<Set, E> for F
where
    Set: EventSet,
    E: Event<Set>,
    F: Fn(&E::Payload),
{
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is not a listener of `{E}`, an event of `{Set}`",
    label = "not a listener of `{E}`",
    note = "a listener is a closure that borrows what the event tells and returns nothing: `|payload| …`",
    note = "an async one is added with `once_async` and has the form `|payload| {{ let own = payload.to_owned(); async move {{ … }} }}`"
)]
pub trait HearOnce<Set: EventSet, E: Event<Set>>: FnOnce(&E::Payload) {}

#[diagnostic::do_not_recommend]
impl<Set, E, F> HearOnce<Set, E> for F
where
    Set: EventSet,
    E: Event<Set>,
    F: FnOnce(&E::Payload),
{
}
