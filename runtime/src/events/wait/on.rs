//! A stream of events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::queue::{Queue, WaitError};
use super::subscription::Subscription;
use crate::events::emitter::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::listeners;

/// Returns a stream that yields a copy of the payload each time the event is emitted.
///
/// The listener is added by this call. Unread events are buffered without limit unless [`On::bounded`] sets a limit.
/// The stream ends when its listener is removed or the emitter is dropped. The payload must implement [`ToOwned`]; for
/// other payloads, use [`on_with`].
/// Node.js: `events.on(emitter, event)`; dropping the stream replaces its `signal`.
///
/// # Errors
///
/// - [`WaitError::Error`] is the last item if the set has an event `Error` and it is emitted, unless the stream is one
///   of `Error` itself. The stream counts as a listener of `Error`.
/// - [`WaitError::Missed`] is an item of a bounded stream that was full.
///
/// # Cancel safety
///
/// Dropping the stream removes its listeners. Unread events are lost.
///
/// # Examples
///
/// ```
/// use onward::events::{self, Emitter};
///
/// onward::events! { ChatEvents { Message(str), Closed, Error(std::io::Error) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), events::WaitError> {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let mut messages = events::on(&chat, Message);
/// chat.emit(Message, "hello");
/// chat.emit(Message, "still there?");
/// drop(chat);
///
/// let mut count = 0;
/// while let Some(text) = messages.next().await {
///     println!("{}", text?);
///     count += 1;
/// }
/// assert_eq!(count, 2);
/// # Ok(())
/// # }
/// ```
pub fn on<Set, E>(emitter: &Emitter<Set>, event: E) -> On<Set, E, <E::Payload as ToOwned>::Owned>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned<Owned: Send + 'static>>,
{
    on_with(emitter, event, ToOwned::to_owned)
}

/// Returns a stream that yields the value that `keep` returns for the payload, each time the event is emitted.
///
/// Otherwise it is the same as [`on`].
/// Node.js: `events.on(emitter, event)`, mapped.
///
/// # Errors
///
/// - The errors of [`on`].
///
/// # Cancel safety
///
/// Dropping the stream removes its listeners. Unread events are lost.
///
/// # Examples
///
/// ```
/// use onward::events::{self, Emitter};
///
/// onward::events! { ChatEvents { Message(str) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let mut lengths = events::on_with(&chat, Message, |text| text.len());
/// chat.emit(Message, "hello");
/// assert_eq!(lengths.next().await, Some(Ok(5)));
/// # }
/// ```
pub fn on_with<Set, E, T>(
    emitter: &Emitter<Set>,
    event: E,
    keep: impl Fn(&E::Payload) -> T + Send + Sync + 'static,
) -> On<Set, E, T>
where
    Set: EventSet,
    E: Event<Set>,
    T: Send + 'static,
{
    let queue = Arc::new(Queue::new());
    let subscription = Subscription::start(emitter, event, &queue, |_, sender| {
        listeners::always(move |payload: &E::Payload| sender.push(keep(payload)))
    });
    On {
        queue,
        subscription,
    }
}

/// The [`Stream`] returned by [`on`], which yields one item each time an event is emitted.
///
/// Dropping it removes its listeners.
/// Node.js: the iterator of `events.on(emitter, event)`.
///
/// # Examples
///
/// ```
/// use onward::events::{self, Emitter, On};
///
/// onward::events! { pub ChatEvents { Message(str) } }
///
/// fn messages(chat: &Emitter<ChatEvents>) -> On<ChatEvents, Message, String> {
///     events::on(chat, Message)
/// }
///
/// let chat = Emitter::new();
/// let messages = messages(&chat);
/// assert_eq!(chat.listener_count(Message), 1);
/// drop(messages);
/// assert_eq!(chat.listener_count(Message), 0);
/// ```
#[must_use = "the listener is removed when this is dropped"]
pub struct On<Set: EventSet, E: Event<Set>, T> {
    queue: Arc<Queue<T>>,
    subscription: Subscription<Set, E>,
}

impl<Set: EventSet, E: Event<Set>, T> On<Set, E, T> {
    /// Limits the number of unread events that are buffered.
    ///
    /// Events that are emitted while the buffer is full are dropped, and one [`WaitError::Missed`] in their place
    /// counts them. Default: no limit.
    /// Node.js: `highWaterMark` and `lowWaterMark`, which pause and resume the emitter instead.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::{self, Emitter, WaitError};
    ///
    /// onward::events! { ClockEvents { Tick(u32) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let clock: Emitter<ClockEvents> = Emitter::new();
    /// let mut ticks = events::on(&clock, Tick).bounded(1);
    /// for n in 1..=3 {
    ///     clock.emit(Tick, &n);
    /// }
    /// assert_eq!(ticks.next().await, Some(Ok(1)));
    /// assert_eq!(ticks.next().await, Some(Err(WaitError::Missed(2))));
    /// # }
    /// ```
    pub fn bounded(self, events: usize) -> Self {
        self.queue.set_capacity(events);
        self
    }

    /// Waits for the next item.
    ///
    /// Returns `None` when no event can occur anymore. The crates `futures` and `tokio-stream` have the same method in
    /// their `StreamExt`; a loop over this stream needs neither crate. Node.js: `iterator.next()`.
    ///
    /// # Errors
    ///
    /// - The errors of [`on`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses no event.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::{self, Emitter};
    ///
    /// onward::events! { ClockEvents { Tick(u32) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let clock: Emitter<ClockEvents> = Emitter::new();
    /// let mut ticks = events::on(&clock, Tick);
    /// clock.emit(Tick, &1);
    /// clock.remove_all_listeners();
    /// assert_eq!(ticks.next().await, Some(Ok(1)));
    /// assert_eq!(ticks.next().await, None);
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Result<T, WaitError>> {
        poll_fn(|cx| self.queue.poll_next(cx)).await
    }
}

impl<Set: EventSet, E: Event<Set>, T> Unpin for On<Set, E, T> {}

impl<Set: EventSet, E: Event<Set>, T> Stream for On<Set, E, T> {
    type Item = Result<T, WaitError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.queue.poll_next(cx)
    }
}

impl<Set: EventSet, E: Event<Set>, T> Drop for On<Set, E, T> {
    fn drop(&mut self) {
        self.subscription.end();
    }
}

impl<Set: EventSet, E: Event<Set>, T> fmt::Debug for On<Set, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("On").field(&E::NAME).finish()
    }
}
