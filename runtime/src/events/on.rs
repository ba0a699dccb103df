//! Every time, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::emitter::Emitter;
use super::event::{Event, EventSet};
use super::queue::{Queue, WaitError};
use super::registration::always;
use super::watch::Watch;

/// A stream of copies of what the event tells, each time it is emitted.
///
/// It listens from this call on, and keeps what was not read yet: no event is lost, and what nobody reads takes memory.
/// [`On::bounded`] sets a limit. It ends when its listener is removed or the emitter is dropped.
///
/// ```
/// use onward::events::{self, Emitter};
///
/// onward::events! { ChatEvents { MessageLogged(str), Closed, Error(std::io::Error) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), events::WaitError> {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let mut said = events::on(&chat, MessageLogged);
/// chat.emit(MessageLogged, "hello");
/// chat.emit(MessageLogged, "is anybody there?");
/// drop(chat);
///
/// let mut lines = 0;
/// while let Some(text) = said.next().await {
///     println!("{}", text?);
///     lines += 1;
/// }
/// assert_eq!(lines, 2);
/// # Ok(())
/// # }
/// ```
///
/// What the event tells has to be `ToOwned`, as with [`once`](super::once); for others see [`on_with`].
///
/// # Errors
///
/// [`WaitError::Error`] is the last item if the set has an event `Error` and it is emitted, unless that is what is
/// listened to; it counts as heard by that. [`WaitError::Missed`] is an item of a bounded stream that was full.
///
/// # Cancellation
///
/// Dropping the stream removes its listeners, and what was not read is lost.
///
/// Node: `events.on(emitter, event)`, which ends by its `signal` or on the events named by `close`.
pub fn on<Set, E>(emitter: &Emitter<Set>, event: E) -> On<Set, E, <E::Payload as ToOwned>::Owned>
where
    Set: EventSet,
    E: Event<Set, Payload: ToOwned<Owned: Send + 'static>>,
{
    on_with(emitter, event, ToOwned::to_owned)
}

/// Like [`on`], with what `keep` makes of what the event tells.
///
/// ```
/// use onward::events::{self, Emitter};
///
/// onward::events! { ChatEvents { MessageLogged(str) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let mut lengths = events::on_with(&chat, MessageLogged, |text| text.len());
/// chat.emit(MessageLogged, "hello");
/// assert_eq!(lengths.next().await, Some(Ok(5)));
/// # }
/// ```
///
/// # Errors
///
/// As those of [`on`].
///
/// # Cancellation
///
/// Dropping the stream removes its listeners.
///
/// Node: `events.on(emitter, event)`, mapped.
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
    let watch = Watch::start(emitter, event, &queue, |_, inlet| {
        always(move |payload: &E::Payload| inlet.push(keep(payload)))
    });
    On { queue, watch }
}

/// Every time an event is emitted: [`on`] returns it. A [`Stream`].
///
/// ```
/// use onward::events::{self, Emitter, On};
///
/// onward::events! { pub ChatEvents { MessageLogged(str) } }
///
/// fn lines(chat: &Emitter<ChatEvents>) -> On<ChatEvents, MessageLogged, String> {
///     events::on(chat, MessageLogged)
/// }
///
/// let chat = Emitter::new();
/// let lines = lines(&chat);
/// assert_eq!(chat.listener_count(MessageLogged), 1);
/// drop(lines);
/// assert_eq!(chat.listener_count(MessageLogged), 0);
/// ```
///
/// Node: the iterator of `events.on(emitter, event)`.
#[must_use = "it listens only as long as it is kept"]
pub struct On<Set: EventSet, E: Event<Set>, T> {
    queue: Arc<Queue<T>>,
    watch: Watch<Set, E>,
}

impl<Set: EventSet, E: Event<Set>, T> On<Set, E, T> {
    /// Keeps at most so many events that were not read yet. Those that come while it is full are lost, and one
    /// [`WaitError::Missed`] in their place says how many. Default: no limit.
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
    ///
    /// Node: `highWaterMark` and `lowWaterMark`, between which the emitter is paused and resumed, if it can be.
    pub fn bounded(self, events: usize) -> Self {
        self.queue.set_capacity(events);
        self
    }

    /// The next item; `None` when there is none to come. The method of the same name in the `StreamExt` of the
    /// `futures` and `tokio-stream` crates, so that none of them is needed for a loop.
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
    ///
    /// # Cancellation
    ///
    /// Dropping the future loses nothing.
    ///
    /// Node: `iterator.next()`.
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
        self.watch.end();
    }
}

impl<Set: EventSet, E: Event<Set>, T> fmt::Debug for On<Set, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("On").field(&E::NAME).finish()
    }
}
