//! How a server controls its connections.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use tokio::sync::watch;

/// How long a connection of a closing server may wait for another request, counted from when it was opened or last
/// became idle.
///
/// The next request of an active client may already be on its way. If the connection were closed at once, the client
/// could not know whether that request was processed.
pub(crate) const CLOSE_GRACE: Duration = Duration::from_millis(500);

/// The state that a server sets for its connections. Each connection compares this state with the one that it read
/// last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ControlState {
    /// The server is closing: a connection closes after its current response or, if it is idle, after
    /// [`CLOSE_GRACE`].
    pub(crate) closing: bool,
    /// How many times idle connections were asked to close.
    pub(crate) close_idle: u32,
    /// How many times all connections were asked to close, regardless of their state.
    pub(crate) close_all: u32,
}

/// The stage of a server's life, for observers that must not keep the server open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    #[default]
    Open,
    /// The server will close soon, but still accepts connections.
    Unready,
    Closing,
}

/// A receiver of changes to a [`ControlState`], for one task at a time.
pub(crate) struct ControlReceiver {
    control: watch::Receiver<ControlState>,
    state: ReceiverState,
}

enum ReceiverState {
    /// The current state has not been read.
    Unread,
    /// The current state has been read, and no task waits for the next one.
    Read,
    /// A task waits for the next state. Polling again reads a flag and does not poll the future.
    Waiting {
        /// Held because dropping it ends the wait.
        _changed: ChangedFuture,
        waker: Arc<RecordingWaker>,
    },
}

type ChangedFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A waker that records that it has woken its task. A wake-up may be caused by a state that was read before the wait
/// began. Even such a wake-up ends the wait, so the task has to wait again.
struct RecordingWaker {
    task: Waker,
    has_woken: AtomicBool,
}

impl RecordingWaker {
    /// Returns whether this waker would still wake the task of `cx`.
    fn waits_for(&self, cx: &Context<'_>) -> bool {
        !self.has_woken.load(Ordering::Acquire) && self.task.will_wake(cx.waker())
    }
}

impl Wake for RecordingWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.has_woken.store(true, Ordering::Release);
        self.task.wake_by_ref();
    }
}

impl ControlReceiver {
    pub(crate) fn new(control: watch::Receiver<ControlState>) -> Self {
        Self {
            control,
            state: ReceiverState::Unread,
        }
    }

    /// Is ready if there is a state that has not been read.
    #[inline]
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match &self.state {
            ReceiverState::Waiting { waker, .. } if waker.waits_for(cx) => Poll::Pending,
            ReceiverState::Unread => Poll::Ready(()),
            ReceiverState::Read | ReceiverState::Waiting { .. } => self.wait(cx),
        }
    }

    #[cold]
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut control = self.control.clone();
        let mut changed: ChangedFuture = Box::pin(async move {
            // An error means that the server was dropped, so its state never changes again.
            if control.changed().await.is_err() {
                std::future::pending().await
            }
        });
        let waker = Arc::new(RecordingWaker {
            task: cx.waker().clone(),
            has_woken: AtomicBool::new(false),
        });
        let ready = changed
            .as_mut()
            .poll(&mut Context::from_waker(&Arc::clone(&waker).into()));
        self.state = match ready {
            Poll::Ready(()) => ReceiverState::Unread,
            Poll::Pending => ReceiverState::Waiting {
                _changed: changed,
                waker,
            },
        };
        ready
    }

    pub(crate) fn read(&mut self) -> ControlState {
        self.state = ReceiverState::Read;
        *self.control.borrow_and_update()
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;

    use tokio::task::consume_budget;

    use super::*;

    fn receiver() -> (watch::Sender<ControlState>, ControlReceiver) {
        let (sender, control) = watch::channel(ControlState::default());
        let mut receiver = ControlReceiver::new(control);
        assert!(!receiver.read().closing);
        (sender, receiver)
    }

    /// If a task exhausts its budget in one poll, tokio makes it yield: tokio's futures return `Pending` even if they
    /// are ready, and the task is woken at once.
    #[tokio::test(start_paused = true)]
    async fn a_wake_up_without_a_change_does_not_end_the_wait() {
        let (sender, mut receiver) = receiver();
        let mut polls = 0;
        let closing = tokio::spawn(poll_fn(move |cx| {
            polls += 1;
            while polls == 1 && pin!(consume_budget()).poll(cx).is_ready() {}
            std::task::ready!(receiver.poll(cx));
            Poll::Ready(receiver.read().closing)
        }));
        // Time is paused, so this sleep ends once the task waits.
        tokio::time::sleep(CLOSE_GRACE).await;
        sender.send_modify(|control| control.closing = true);
        let closing = tokio::time::timeout(CLOSE_GRACE, closing).await;
        assert!(
            closing
                .expect("the task is woken")
                .expect("the task does not panic")
        );
    }

    #[tokio::test]
    async fn changes_in_quick_succession_are_all_seen() {
        for _ in 0..100 {
            let (sender, mut receiver) = receiver();
            let seen = tokio::spawn(async move {
                loop {
                    poll_fn(|cx| receiver.poll(cx)).await;
                    if receiver.read().closing {
                        return;
                    }
                }
            });
            tokio::task::yield_now().await;
            sender.send_modify(|control| control.close_all += 1);
            sender.send_modify(|control| control.closing = true);
            seen.await.expect("the task ends");
        }
    }
}
