//! A future that waits for the next event.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::queue::{Queue, WaitError};
use super::subscription::Subscription;
use crate::events::emitter::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::listeners;

/// Waits until the event is emitted, and yields a copy of its payload.
///
/// The listener is added by this call, not by the first poll. An event that is emitted between two calls is lost;
/// [`on`](super::on) does not lose any. The payload must implement [`ToOwned`], which all `Clone` types, `str` and
/// slices do; for other payloads, use [`once_with`].
/// Node.js: `await events.once(emitter, event)`; dropping the future replaces its `signal`.
///
/// # Errors
///
/// - [`WaitError::Error`] if the set has an event `Error` and it is emitted first, unless the future waits for `Error`
///   itself. The future counts as a listener of `Error`.
/// - [`WaitError::Removed`] if the listener is removed, for example by
///   [`remove_all_listeners`](Emitter::remove_all_listeners), or if the emitter is dropped.
///
/// # Cancel safety
///
/// Dropping the future removes its listeners. `tokio::time::timeout` limits how long it waits.
///
/// # Examples
///
/// ```
/// use onward::events::{self, Emitter};
///
/// onward::events! { ChatEvents { Message(str), Error(std::io::Error) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), events::WaitError> {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let first = events::once(&chat, Message);
/// chat.emit(Message, "hello");
/// assert_eq!(first.await?, "hello");
/// # Ok(())
/// # }
/// ```
pub fn once<Set, E>(
    emitter: &Emitter<Set>,
    event: E,
) -> Once<Set, E, <E::Payload as ToOwned>::Owned>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned<Owned: Send + 'static>>,
{
    once_with(emitter, event, ToOwned::to_owned)
}

/// Waits until the event is emitted, and yields the value that `keep` returns for its payload.
///
/// Otherwise it is the same as [`once`].
/// Node.js: `events.once(emitter, event).then(keep)`.
///
/// # Errors
///
/// - The errors of [`once`].
/// - [`WaitError::Removed`] if `keep` panics.
///
/// # Cancel safety
///
/// Dropping the future removes its listeners.
///
/// # Examples
///
/// ```
/// use onward::events::{self, Emitter};
/// use std::io;
///
/// onward::events! { DiskEvents { Error(io::Error) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), events::WaitError> {
/// let disk: Emitter<DiskEvents> = Emitter::new();
/// let kind = events::once_with(&disk, Error, |error| error.kind()); // `io::Error` is not `Clone`
/// disk.emit_error(io::Error::from(io::ErrorKind::StorageFull)).unwrap();
/// assert_eq!(kind.await?, io::ErrorKind::StorageFull);
/// # Ok(())
/// # }
/// ```
pub fn once_with<Set, E, T>(
    emitter: &Emitter<Set>,
    event: E,
    keep: impl FnOnce(&E::Payload) -> T + Send + 'static,
) -> Once<Set, E, T>
where
    Set: EventSet,
    E: Event<Set>,
    T: Send + 'static,
{
    let queue = Arc::new(Queue::new());
    let subscription = Subscription::start(emitter, event, &queue, |subscription, sender| {
        // The listeners are removed before `keep` is called. If `keep` panicked first, a leftover listener of `Error`
        // would consume the next error.
        let remove = move || subscription.end();
        let keep = move |payload: &E::Payload| sender.push(keep(payload));
        listeners::once(remove, Box::new(keep))
    });
    Once {
        queue,
        subscription,
        is_done: false,
    }
}

/// A future that waits for the next event, returned by [`once`].
///
/// If it is polled again after completion, it stays pending.
/// Node.js: the promise of `events.once(emitter, event)`.
///
/// # Examples
///
/// ```
/// use onward::events::{self, Emitter, Once};
///
/// onward::events! { pub ChatEvents { Message(str) } }
///
/// fn next_message(chat: &Emitter<ChatEvents>) -> Once<ChatEvents, Message, String> {
///     events::once(chat, Message)
/// }
///
/// let chat = Emitter::new();
/// let message = next_message(&chat);
/// assert_eq!(chat.listener_count(Message), 1);
/// drop(message);
/// assert_eq!(chat.listener_count(Message), 0);
/// ```
#[must_use = "the listener is removed when this is dropped; `.await` it"]
pub struct Once<Set: EventSet, E: Event<Set>, T> {
    queue: Arc<Queue<T>>,
    subscription: Subscription<Set, E>,
    is_done: bool,
}

impl<Set: EventSet, E: Event<Set>, T> Unpin for Once<Set, E, T> {}

impl<Set: EventSet, E: Event<Set>, T> Future for Once<Set, E, T> {
    type Output = Result<T, WaitError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.is_done {
            return Poll::Pending;
        }
        let polled = self.queue.poll_next(cx);
        self.is_done = polled.is_ready();
        polled.map(|entry| entry.unwrap_or(Err(WaitError::Removed)))
    }
}

impl<Set: EventSet, E: Event<Set>, T> Drop for Once<Set, E, T> {
    fn drop(&mut self) {
        self.subscription.end();
    }
}

impl<Set: EventSet, E: Event<Set>, T> fmt::Debug for Once<Set, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Once").field(&E::NAME).finish()
    }
}
