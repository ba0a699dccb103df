//! How a server controls its connections.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::watch;

/// How long a connection of a closing server may wait for another request, counted from its last request or from when it
/// was opened.
///
/// The next request of an active client may already be on its way. If the connection were closed at once, the client
/// could not know whether that request was processed.
pub(crate) const CLOSE_GRACE: Duration = Duration::from_millis(500);

/// The state that a server sets for its connections. Each connection compares it with the state that it has seen last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ControlState {
    /// The server is closing: further requests are not accepted.
    pub(crate) closing: bool,
    /// How many times idle connections were asked to close.
    pub(crate) close_idle: u32,
    /// How many times all connections were asked to close, regardless of their state.
    pub(crate) close_all: u32,
}

/// How far a server is on its way to its end, for observers that must not keep it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    #[default]
    Open,
    /// It is to be closed, and still accepts connections for a while.
    Unready,
    Closing,
}

/// Receives the changes of a [`ControlState`], one task at a time.
pub(crate) struct ControlReceiver {
    control: watch::Receiver<ControlState>,
    state: ReceiverState,
}

enum ReceiverState {
    /// The current state has not been read.
    Unread,
    /// The current state has been read, and no task waits for the next one.
    Read,
    /// A task waits for the next state. Polling again compares two version numbers and does not poll the future.
    Waiting {
        changed: ChangedFuture,
        waker: Waker,
    },
}

type ChangedFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

impl ControlReceiver {
    pub(crate) fn new(control: watch::Receiver<ControlState>) -> Self {
        Self {
            control,
            state: ReceiverState::Unread,
        }
    }

    /// Ready if there is a state that has not been read.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match (&mut self.state, self.control.has_changed()) {
            (ReceiverState::Waiting { changed, waker }, Ok(false) | Err(_)) => {
                if !waker.will_wake(cx.waker()) {
                    return poll_from_another_task(changed, waker, cx);
                }
                Poll::Pending
            }
            (ReceiverState::Read, _) => self.wait(cx),
            (ReceiverState::Waiting { .. }, Ok(true)) | (ReceiverState::Unread, _) => {
                Poll::Ready(())
            }
        }
    }

    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut control = self.control.clone();
        let mut changed: ChangedFuture = Box::pin(async move {
            // An error means that the server is dropped, so its state never changes again.
            if control.changed().await.is_err() {
                std::future::pending().await
            }
        });
        let ready = changed.as_mut().poll(cx);
        let waker = cx.waker().clone();
        self.state = ReceiverState::Waiting { changed, waker };
        ready
    }

    pub(crate) fn read(&mut self) -> ControlState {
        self.state = ReceiverState::Read;
        *self.control.borrow_and_update()
    }
}

/// The receiver has moved to another task.
#[cold]
fn poll_from_another_task(
    changed: &mut ChangedFuture,
    waker: &mut Waker,
    cx: &mut Context<'_>,
) -> Poll<()> {
    waker.clone_from(cx.waker());
    changed.as_mut().poll(cx)
}
