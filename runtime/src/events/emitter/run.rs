//! Async listeners.

use std::cell::Cell;
use std::fmt::Display;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Waker};

use tokio::runtime::Handle;

use super::Emitter;
use crate::events::event::{Event, EventSet, FallibleSet};
use crate::events::failure::FailureReason;
use crate::events::id::ListenerId;
use crate::events::listeners::Listeners;
use crate::events::registration::always;
use crate::events::slot::Place;

impl<Set: EventSet> Emitter<Set> {
    /// Adds an async listener behind the others.
    ///
    /// It runs in its turn, within `emit`, up to where it first has to wait; what is left runs as a task of the tokio
    /// runtime that `emit` was called on, and `emit` does not wait for it. What the event tells is lent until the
    /// future is made: the closure copies what the future is to have.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str), Error(std::io::Error) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on_async(MessageLogged, |text| {
    ///     let text = text.to_owned();
    ///     async move {
    ///         tokio::task::yield_now().await;
    ///         println!("{}", String::from_utf8(std::fs::read(text)?).unwrap_or_default());
    ///         Ok(()) // or nothing at all, in a listener that cannot fail
    ///     }
    /// });
    /// chat.on(Error, |error| eprintln!("{error}"));
    /// chat.emit(MessageLogged, "no-such-file");
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future yields nothing or a `Result` with what the event `Error` of the same set tells, to which `?`
    /// converts. An `Err` is told to the listeners of `Error`. If there are none, or if it comes from a listener that
    /// was called for such an `Err`, [`ListenerFailed`](crate::events::ListenerFailed) tells of it, as of a panic. So it
    /// does of a listener that has to wait while there is no tokio runtime: it is dropped then.
    ///
    /// # Cancellation
    ///
    /// Removing the listener, or dropping the emitter, does not stop what runs already. The end of the runtime does.
    ///
    /// Node: `emitter.on(event, async listener)` on an emitter with `captureRejections`.
    pub fn on_async<E, F, R>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Fn(&E::Payload) -> R + Send + Sync + 'static,
        R: Future<Output: ListenerOutcome<Set>> + Send + 'static,
    {
        let start = self.start(event);
        let id = start.listener;
        let call = always(move |payload: &E::Payload| start.run(listener(payload)));
        self.table().add(id, event, Place::Last, call);
        id
    }

    /// Adds an async listener behind the others, for one time. See [`on_async`](Self::on_async) and
    /// [`once`](Self::once).
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Closed } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let (sender, receiver) = tokio::sync::oneshot::channel();
    /// chat.once_async(Closed, |_| async move {
    ///     tokio::task::yield_now().await;
    ///     drop(sender.send("good night"));
    /// });
    /// chat.emit(Closed, &());
    /// assert_eq!(receiver.await, Ok("good night"));
    /// # }
    /// ```
    ///
    /// Node: `emitter.once(event, async listener)` on an emitter with `captureRejections`.
    pub fn once_async<E, F, R>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: FnOnce(&E::Payload) -> R + Send + 'static,
        R: Future<Output: ListenerOutcome<Set>> + Send + 'static,
    {
        let start = self.start(event);
        let id = start.listener;
        let run = move |payload: &E::Payload| start.run(listener(payload));
        self.add_once(event, id, Place::Last, run)
    }

    fn start<E: Event<Set>>(&self, _: E) -> Start<Set> {
        Start {
            table: Arc::downgrade(self.table()),
            event: E::NAME,
            listener: ListenerId::next(),
        }
    }
}

/// What an async listener yields: nothing, or a `Result` that goes to the event `Error` of the set.
///
/// Implemented for `()`, and for `Result<(), T>` where the set has an event `Error(T)`.
///
/// Node: the promise of an async listener.
#[diagnostic::on_unimplemented(
    message = "an async listener of `{Set}` cannot yield `{Self}`",
    label = "yields `{Self}`",
    note = "it yields nothing, or a `Result<(), …>` with what the event `Error` of `{Set}` tells"
)]
pub trait ListenerOutcome<Set: EventSet> {
    #[doc(hidden)]
    fn settle(self, origin: &Origin<Set>);
}

impl<Set: EventSet> ListenerOutcome<Set> for () {
    fn settle(self, _: &Origin<Set>) {}
}

/// `!`, of futures that never end or always panic. Its name may be used as a result only.
type Never = <fn() -> ! as Returns>::Value;

#[doc(hidden)]
pub trait Returns {
    type Value;
}

impl<T> Returns for fn() -> T {
    type Value = T;
}

#[diagnostic::do_not_recommend]
impl<Set: EventSet> ListenerOutcome<Set> for Never {
    fn settle(self, _: &Origin<Set>) {}
}

impl<Set, T> ListenerOutcome<Set> for Result<(), T>
where
    Set: FallibleSet<Error = T>,
    T: Display + 'static,
{
    fn settle(self, origin: &Origin<Set>) {
        if let Err(error) = self {
            origin.capture(&error);
        }
    }
}

/// What an async listener is started with.
struct Start<Set> {
    table: Weak<Listeners<Set>>,
    event: &'static str,
    listener: ListenerId,
}

/// Where a failure comes from. Holds on to the listeners, so that there is somebody to tell.
pub struct Origin<Set> {
    table: Arc<Listeners<Set>>,
    event: &'static str,
    listener: ListenerId,
    /// Whether it was called for a failure of another one. What fails then is not told to `Error` again.
    captured: bool,
}

impl<Set: EventSet> Start<Set> {
    /// Polls once, here; the rest is for the runtime.
    fn run<R>(&self, future: R)
    where
        R: Future<Output: ListenerOutcome<Set>> + Send + 'static,
    {
        // Whoever emits has the listeners.
        let Some(table) = self.table.upgrade() else {
            return;
        };
        let origin = Origin {
            table,
            event: self.event,
            listener: self.listener,
            captured: CAPTURING.get(),
        };
        let mut future = Box::pin(future);
        // Nobody is woken: the runtime polls again at once. A panic is caught where the listener was called.
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(outcome) => outcome.settle(&origin),
            Poll::Pending => match Handle::try_current() {
                Ok(runtime) => drop(runtime.spawn(origin.finish(future))),
                Err(_) => origin.report(FailureReason::NoRuntime),
            },
        }
    }
}

impl<Set: EventSet> Origin<Set> {
    async fn finish<R: Future<Output: ListenerOutcome<Set>>>(self, mut future: Pin<Box<R>>) {
        let outcome =
            poll_fn(
                |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                    Ok(polled) => polled.map(Ok),
                    Err(panic) => Poll::Ready(Err(panic)),
                },
            );
        match outcome.await {
            Ok(outcome) => outcome.settle(&self),
            Err(panic) => self
                .table
                .registry
                .report_panic(self.event, self.listener, panic),
        }
    }

    fn report(&self, reason: FailureReason) {
        self.table
            .registry
            .report(self.event, self.listener, reason);
    }
}

impl<Set: FallibleSet> Origin<Set> {
    fn capture(&self, error: &Set::Error) {
        let is_heard = !self.captured && {
            let _capturing = Capturing::begin();
            self.table.tell(Set::ERROR, error)
        };
        if !is_heard {
            self.report(FailureReason::Error(error.to_string()));
        }
    }
}

thread_local! {
    /// Whether this thread is telling `Error` of the failure of an async listener: what fails in there is not told to
    /// `Error` in its turn, or the two would go on for ever.
    static CAPTURING: Cell<bool> = const { Cell::new(false) };
}

struct Capturing;

impl Capturing {
    fn begin() -> Self {
        CAPTURING.set(true);
        Self
    }
}

impl Drop for Capturing {
    fn drop(&mut self) {
        CAPTURING.set(false);
    }
}
