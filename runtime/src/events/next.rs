//! Waiting for an event.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::emitter::Emitter;
use super::event::{Event, EventSet};
use super::id::ListenerId;

/// The next time an event is emitted: [`Emitter::next`] returns it.
///
/// A future that yields a copy of what the event tells, and stays pending after that. Dropping it
/// removes its listener.
///
/// ```
/// use onward::events::{Emitter, Next};
///
/// onward::events! { pub ChatEvents { MessageLogged(str) } }
///
/// /// Resolves when something is said.
/// fn reply(chat: &Emitter<ChatEvents>) -> Next<'_, ChatEvents, MessageLogged> {
///     chat.next(MessageLogged)
/// }
///
/// let chat = Emitter::new();
/// let reply = reply(&chat);
/// assert_eq!(chat.listener_count(MessageLogged), 1);
/// drop(reply);
/// assert_eq!(chat.listener_count(MessageLogged), 0);
/// ```
///
/// Node: the promise of `events.once(emitter, event)`; dropping stands for its `signal`.
#[must_use = "it listens only as long as it is kept; `.await` it"]
pub struct Next<'e, Set, E>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned>,
{
    emitter: &'e Emitter<Set>,
    event: E,
    listener: ListenerId,
    told: Arc<Mutex<Told<<E::Payload as ToOwned>::Owned>>>,
}

/// What passes from the listener to the future.
enum Told<T> {
    Nothing(Option<Waker>),
    Payload(T),
    Taken,
}

impl<'e, Set, E> Next<'e, Set, E>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned>,
    <E::Payload as ToOwned>::Owned: Send + 'static,
{
    pub(super) fn new(emitter: &'e Emitter<Set>, event: E) -> Self {
        let told = Arc::new(Mutex::new(Told::Nothing(None)));
        let teller = Arc::clone(&told);
        let listener = emitter.once(event, move |payload| {
            let payload = payload.to_owned();
            let before = std::mem::replace(&mut *lock(&teller), Told::Payload(payload));
            if let Told::Nothing(Some(waker)) = before {
                waker.wake();
            }
        });
        Self {
            emitter,
            event,
            listener,
            told,
        }
    }
}

impl<Set, E> Future for Next<'_, Set, E>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned>,
{
    type Output = <E::Payload as ToOwned>::Owned;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut told = lock(&self.told);
        match &mut *told {
            Told::Nothing(Some(waker)) => waker.clone_from(cx.waker()),
            Told::Nothing(none) => *none = Some(cx.waker().clone()),
            Told::Taken => {}
            Told::Payload(_) => {
                if let Told::Payload(payload) = std::mem::replace(&mut *told, Told::Taken) {
                    return Poll::Ready(payload);
                }
            }
        }
        Poll::Pending
    }
}

impl<Set, E> Drop for Next<'_, Set, E>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned>,
{
    fn drop(&mut self) {
        self.emitter.off(self.event, self.listener);
    }
}

impl<Set, E> fmt::Debug for Next<'_, Set, E>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Next").field(&E::NAME).finish()
    }
}

fn lock<T>(told: &Mutex<Told<T>>) -> MutexGuard<'_, Told<T>> {
    // A waker that panics while it is cloned leaves the state as it was.
    told.lock().unwrap_or_else(PoisonError::into_inner)
}
