//! What a server tells its connections to do.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::watch;

/// How long a connection of a server that closes may wait for a request, from its last one or from its beginning. A
/// client that keeps asking has its next request on the way: were the connection closed under it, it could not know
/// whether that was seen.
pub(crate) const CLOSE_GRACE: Duration = Duration::from_millis(500);

/// The control of a server so far. Connections watch it; each order is seen by those that were open when it was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ControlState {
    /// The server closes: answer what is under way and no more.
    pub(crate) closing: bool,
    /// How often it was asked to close the connections that are idle.
    pub(crate) close_idle: u32,
    /// How often it was asked to close all connections, whatever they are at.
    pub(crate) close_all: u32,
}

/// The control as a connection watches them: those that there are from the beginning, and further ones.
pub(crate) struct ControlReceiver {
    control: watch::Receiver<ControlState>,
    state: State,
}

enum State {
    /// There are control that were not read.
    Unread,
    Read,
    /// A task is woken at the next order: for that, a look at their version is enough.
    Watched {
        until: ChangedFuture,
        task: Waker,
    },
}

type ChangedFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

impl ControlReceiver {
    pub(crate) fn new(control: watch::Receiver<ControlState>) -> Self {
        Self {
            control,
            state: State::Unread,
        }
    }

    /// Ready if there are control that were not read.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match (&mut self.state, self.control.has_changed()) {
            (State::Watched { until, task }, Ok(false) | Err(_)) => {
                if !task.will_wake(cx.waker()) {
                    return wake_another(until, task, cx);
                }
                Poll::Pending
            }
            (State::Read, _) => self.begin(cx),
            (State::Watched { .. }, Ok(true)) | (State::Unread, _) => Poll::Ready(()),
        }
    }

    fn begin(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut control = self.control.clone();
        let mut until: ChangedFuture = Box::pin(async move {
            // An error is the end of the server, which gives no more control.
            if control.changed().await.is_err() {
                std::future::pending().await
            }
        });
        let told = until.as_mut().poll(cx);
        let task = cx.waker().clone();
        self.state = State::Watched { until, task };
        told
    }

    pub(crate) fn read(&mut self) -> ControlState {
        self.state = State::Read;
        *self.control.borrow_and_update()
    }
}

/// Whoever asks went on in another task.
#[cold]
fn wake_another(until: &mut ChangedFuture, task: &mut Waker, cx: &mut Context<'_>) -> Poll<()> {
    task.clone_from(cx.waker());
    until.as_mut().poll(cx)
}
