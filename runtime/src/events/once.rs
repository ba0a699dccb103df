//! The next time.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::emitter::Emitter;
use super::event::{Event, EventSet};
use super::queue::{Queue, WaitError};
use super::registration;
use super::watch::Watch;

/// Waits for the next time the event is emitted, and yields a copy of what it tells.
///
/// It listens from this call on, not only from the first poll. Of two events in a row the second is lost, if this is
/// called again only after the first; [`on`](super::on) loses none.
///
/// ```
/// use onward::events::{self, Emitter};
///
/// onward::events! { ChatEvents { MessageLogged(str), Error(std::io::Error) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), events::WaitError> {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let first = events::once(&chat, MessageLogged);
/// chat.emit(MessageLogged, "hello");
/// assert_eq!(first.await?, "hello");
/// # Ok(())
/// # }
/// ```
///
/// What the event tells has to be `ToOwned`, which all types that are `Clone` are, and `str` and slices; for others see
/// [`once_with`].
///
/// # Errors
///
/// [`WaitError::Error`] if the set has an event `Error` and it is emitted first, unless that is what is waited for; it
/// counts as heard by that. [`WaitError::Removed`] if the listener is removed by
/// [`remove_all_listeners`](Emitter::remove_all_listeners), or the emitter is dropped.
///
/// # Cancellation
///
/// Dropping the future removes its listeners. With `tokio::time::timeout` around it, it waits no longer than that.
///
/// Node: `await events.once(emitter, event)`; dropping stands for its `signal`.
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

/// Like [`once`], and yields what `keep` makes of what the event tells.
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
///
/// # Errors
///
/// As those of [`once`]; also [`WaitError::Removed`] if `keep` panics.
///
/// # Cancellation
///
/// Dropping the future removes its listeners.
///
/// Node: `(await events.once(emitter, event)).map(keep)`.
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
    let watch = Watch::start(emitter, event, &queue, |watch, inlet| {
        // Before anything can fail: a listener of `Error` that waits for nothing would swallow the next one.
        let leave = move || watch.end();
        registration::once(leave, move |payload: &E::Payload| {
            inlet.push(keep(payload));
        })
    });
    Once {
        queue,
        watch,
        is_done: false,
    }
}

/// The next time an event is emitted: [`once`] returns it.
///
/// A future that stays pending after it was ready.
///
/// ```
/// use onward::events::{self, Emitter, Once};
///
/// onward::events! { pub ChatEvents { MessageLogged(str) } }
///
/// /// Resolves when something is said.
/// fn reply(chat: &Emitter<ChatEvents>) -> Once<ChatEvents, MessageLogged, String> {
///     events::once(chat, MessageLogged)
/// }
///
/// let chat = Emitter::new();
/// let reply = reply(&chat);
/// assert_eq!(chat.listener_count(MessageLogged), 1);
/// drop(reply);
/// assert_eq!(chat.listener_count(MessageLogged), 0);
/// ```
///
/// Node: the promise of `events.once(emitter, event)`.
#[must_use = "it listens only as long as it is kept; `.await` it"]
pub struct Once<Set: EventSet, E: Event<Set>, T> {
    queue: Arc<Queue<T>>,
    watch: Watch<Set, E>,
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
        self.watch.end();
    }
}

impl<Set: EventSet, E: Event<Set>, T> fmt::Debug for Once<Set, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Once").field(&E::NAME).finish()
    }
}
