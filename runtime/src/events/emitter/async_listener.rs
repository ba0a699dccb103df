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
use crate::events::id::ListenerId;
use crate::events::listeners::{Listeners, Position, always};
use crate::events::meta::FailureReason;

impl<Set: EventSet> Emitter<Set> {
    /// Adds an async listener after the existing ones.
    ///
    /// The listener's future is polled once in listener order, within `emit`. If it is still pending, it is spawned on
    /// the tokio runtime of the calling thread, and `emit` does not wait for it. The payload is borrowed only until the
    /// closure returns the future, so the closure has to copy the data that the future uses. Removing the listener or
    /// dropping the emitter does not stop a future that is already running; shutting down the runtime does.
    /// Node.js: `emitter.on(event, async listener)` on an emitter with `captureRejections`.
    ///
    /// # Errors
    ///
    /// - An `Err` of the future is emitted as `Error`. The future's output is nothing, or a `Result` whose error is the
    ///   payload of the set's `Error`; `?` converts other errors to it.
    /// - [`ListenerFailed`](crate::events::ListenerFailed) is emitted instead if `Error` has no listener, if the
    ///   listener was itself called for such an `Err`, if it panics, or if it has to wait and there is no tokio
    ///   runtime.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { LogEvents { Rotated(str), Error(std::io::Error) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let log: Emitter<LogEvents> = Emitter::new();
    /// log.on_async(Rotated, |path| {
    ///     let path = path.to_owned();
    ///     async move {
    ///         tokio::task::yield_now().await;
    ///         std::fs::remove_file(path)?;
    ///         Ok(()) // or no value, in a listener that cannot fail
    ///     }
    /// });
    /// let error = onward::events::once_with(&log, Error, |error| error.kind());
    /// log.emit(Rotated, "no-such-file");
    /// assert_eq!(error.await, Ok(std::io::ErrorKind::NotFound));
    /// # }
    /// ```
    pub fn on_async<E, F, R>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Fn(&E::Payload) -> R + Send + Sync + 'static,
        R: Future<Output: ListenerOutcome<Set>> + Send + 'static,
    {
        let this = self.async_listener(event);
        let id = this.listener;
        let callback = always(move |payload: &E::Payload| this.run(listener(payload)));
        self.table().add(id, event, Position::Back, callback);
        id
    }

    /// Adds a one-time async listener after the existing ones.
    ///
    /// It combines [`on_async`](Self::on_async) and [`once`](Self::once).
    /// Node.js: `emitter.once(event, async listener)` on an emitter with `captureRejections`.
    ///
    /// # Examples
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
    ///     drop(sender.send("closed"));
    /// });
    /// chat.emit(Closed, &());
    /// assert_eq!(receiver.await, Ok("closed"));
    /// # }
    /// ```
    pub fn once_async<E, F, R>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: FnOnce(&E::Payload) -> R + Send + 'static,
        R: Future<Output: ListenerOutcome<Set>> + Send + 'static,
    {
        let this = self.async_listener(event);
        let id = this.listener;
        let run = move |payload: &E::Payload| this.run(listener(payload));
        self.add_once(event, id, Position::Back, run)
    }

    fn async_listener<E: Event<Set>>(&self, _: E) -> AsyncListener<Set> {
        AsyncListener {
            table: Arc::downgrade(self.table()),
            event: E::NAME,
            listener: ListenerId::next(),
        }
    }
}

/// The output of an async listener's future: nothing, or a `Result` whose error is emitted as `Error`.
///
/// It is implemented for `()`, for `!`, and for `Result<(), T>` in sets with an event `Error(T)`. Node.js: the promise
/// that an async listener returns.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, Event, EventSet, ListenerOutcome};
///
/// fn listen<Set: EventSet, R: ListenerOutcome<Set> + 'static>(
///     emitter: &Emitter<Set>,
///     event: impl Event<Set>,
///     listener: fn() -> R,
/// ) {
///     emitter.on_async(event, move |_| async move { listener() });
/// }
///
/// onward::events! { DoorEvents { Opened, Error(std::fmt::Error) } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// listen(&door, Opened, || println!("opened"));
/// listen(&door, Opened, || Err(std::fmt::Error));
/// assert_eq!(door.listener_count(Opened), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "an async listener of `{Set}` cannot return `{Self}`",
    label = "returns `{Self}`",
    note = "it must return nothing, or a `Result<(), …>` whose error is the payload of the event `Error` of `{Set}`"
)]
pub trait ListenerOutcome<Set: EventSet> {
    #[doc(hidden)]
    fn handle_output(self, context: &ListenerContext<Set>);
}

impl<Set: EventSet> ListenerOutcome<Set> for () {
    fn handle_output(self, _: &ListenerContext<Set>) {}
}

/// `!`, the output of futures that never complete or always panic. Stable Rust can name `!` only as a return type.
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
    fn handle_output(self, _: &ListenerContext<Set>) {}
}

impl<Set, T> ListenerOutcome<Set> for Result<(), T>
where
    Set: FallibleSet<Error = T>,
    T: Display + 'static,
{
    fn handle_output(self, context: &ListenerContext<Set>) {
        if let Err(error) = self {
            context.capture(&error);
        }
    }
}

/// The part of an async listener that does not depend on its closure.
struct AsyncListener<Set> {
    table: Weak<Listeners<Set>>,
    event: &'static str,
    listener: ListenerId,
}

/// One call to an async listener. It keeps the listeners alive, so that a failure can be reported even after the
/// emitter has been dropped.
pub struct ListenerContext<Set> {
    table: Arc<Listeners<Set>>,
    event: &'static str,
    listener: ListenerId,
    /// Set if the listener was called for the `Err` of another async listener. In that case, its own failure is not
    /// emitted as `Error`.
    captured: bool,
}

impl<Set: EventSet> AsyncListener<Set> {
    /// Polls the future once, and spawns it if it is pending.
    fn run<R>(&self, future: R)
    where
        R: Future<Output: ListenerOutcome<Set>> + Send + 'static,
    {
        // The table always exists, because the caller of a listener holds it.
        let Some(table) = self.table.upgrade() else {
            return;
        };
        let context = ListenerContext {
            table,
            event: self.event,
            listener: self.listener,
            captured: CAPTURING.get(),
        };
        let mut future = Box::pin(future);
        // No waker is needed: the runtime polls the future again at once. A panic is caught by the caller.
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(output) => output.handle_output(&context),
            Poll::Pending => match Handle::try_current() {
                Ok(runtime) => drop(runtime.spawn(context.run_to_end(future))),
                Err(_) => context.report(FailureReason::NoRuntime),
            },
        }
    }
}

impl<Set: EventSet> ListenerContext<Set> {
    async fn run_to_end<R: Future<Output: ListenerOutcome<Set>>>(self, mut future: Pin<Box<R>>) {
        let output =
            poll_fn(
                |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                    Ok(polled) => polled.map(Ok),
                    Err(panic) => Poll::Ready(Err(panic)),
                },
            );
        match output.await {
            Ok(output) => output.handle_output(&self),
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

impl<Set: FallibleSet> ListenerContext<Set> {
    /// Emits an `Err` of the listener as `Error`, or reports it as a failure.
    fn capture(&self, error: &Set::Error) {
        let is_handled = !self.captured && {
            let _guard = CaptureGuard::new();
            self.table.call_all(Set::ERROR, error)
        };
        if !is_handled {
            self.report(FailureReason::Error(error.to_string()));
        }
    }
}

thread_local! {
    /// Set while this thread emits `Error` for an async listener. If a listener that is called during that time fails,
    /// `Error` is not emitted again, which prevents endless recursion.
    static CAPTURING: Cell<bool> = const { Cell::new(false) };
}

struct CaptureGuard;

impl CaptureGuard {
    fn new() -> Self {
        CAPTURING.set(true);
        Self
    }
}

impl Drop for CaptureGuard {
    fn drop(&mut self) {
        CAPTURING.set(false);
    }
}
