//! How a server ends.

use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::http::event;
use crate::http::server::listen::accept::either;
use crate::http::server::{Server, shared::Shared};
use crate::http::sync::lock;

/// Ending.
impl Server {
    /// Closes the server: it accepts no more connections, lets the requests finish that are under way, and closes the
    /// connections that are idle. [`listen`](Self::listen) resolves when all have ended. Node: `server.close`.
    ///
    /// No client that is served is cut off: the last answer on each connection says `connection: close`, and a
    /// connection on which a request came a moment ago, or which has just been opened, has 500 ms for one more.
    ///
    /// A server that is closed stays closed, also if it did not listen yet.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.close();
    /// server.listen(0).await // resolves at once
    /// # }
    /// ```
    pub fn close(&self) {
        self.shared.close();
    }

    /// Closes the connections that wait for a request; the server goes on. Node: `server.closeIdleConnections`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.end() });
    /// server.close_idle_connections();
    /// ```
    pub fn close_idle_connections(&self) {
        self.shared
            .control
            .send_modify(|control| control.close_idle = control.close_idle.wrapping_add(1));
    }

    /// Cuts all connections, whatever they are at: their handlers are dropped. The server goes on, unless it is closed.
    /// Node: `server.closeAllConnections`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.end() });
    /// server.close();
    /// server.close_all_connections();
    /// ```
    pub fn close_all_connections(&self) {
        self.shared
            .control
            .send_modify(|control| control.close_all = control.close_all.wrapping_add(1));
    }

    /// Resolves when the server is closed and its last connection has ended, as [`listen`](Self::listen) does: for
    /// servers that are [served](Self::serve) by hand. Node: the callback of `server.close`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.close();
    /// server.closed().await;
    /// # }
    /// ```
    pub fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let server = Arc::clone(&self.shared);
        async move {
            let mut control = server.control.subscribe();
            // The server, which gives the control, is still there.
            drop(control.wait_for(|control| control.closing).await);
            drop(control);
            server.ended().await;
        }
    }

    /// [Closes](Self::close) the server when `when` resolves, and after `deadline` cuts the connections that are left;
    /// `None` waits for them for as long as it takes. The server has to be told before it listens; it is then
    /// [`listen`](Self::listen) or [`run`](Self::run) that waits. Then it resolves, also if handlers go on that have
    /// answered already.
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .close_on(stopped, Duration::from_secs(10));
    /// # drop(stop);
    /// server.listen(0).await
    /// # }
    /// ```
    #[must_use]
    pub fn close_on<F>(self, when: F, deadline: impl Into<Option<Duration>>) -> Self
    where
        F: Future + Send + 'static,
    {
        let when = async move {
            when.await;
            GracePeriod::endless()
        };
        self.trigger(when, deadline.into())
    }

    pub(crate) fn trigger(
        self,
        when: impl Future<Output = GracePeriod> + Send + 'static,
        deadline: Option<Duration>,
    ) -> Self {
        // Not a handle of the server, which would keep it alive for ever.
        let server = Arc::downgrade(&self.shared);
        let trigger = async move {
            let patience = when.await;
            let closed = server.upgrade().is_some_and(|server| server.close_once());
            if closed {
                // Whichever it was.
                let _ = either(deadline_after(deadline), patience.0).await;
                if let Some(server) = server.upgrade() {
                    server.abort_connections();
                }
            }
        };
        lock(&self.shared.triggers).push(Box::pin(trigger));
        self
    }
}

/// Resolves when connections have had their time to end.
async fn deadline_after(deadline: Option<Duration>) {
    match deadline {
        Some(deadline) => tokio::time::sleep(deadline).await,
        None => pending().await,
    }
}

/// Waits for connections to end, until it resolves.
pub(crate) struct GracePeriod(Pin<Box<dyn Future<Output = ()> + Send>>);

impl GracePeriod {
    pub(crate) fn until(end: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(Box::pin(end))
    }

    pub(crate) fn endless() -> Self {
        Self::until(pending())
    }
}

/// Waits until it is time, closes the server, and sees to its end.
pub(crate) type ShutdownTrigger = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Shared {
    pub(crate) fn close(&self) {
        self.control.send_modify(|control| control.closing = true);
    }

    /// Closes the server, unless another trigger has: that one decides how long it may take.
    fn close_once(&self) -> bool {
        let first = !self.triggered.swap(true, Ordering::Relaxed);
        if first {
            self.close();
        }
        first
    }

    /// SocketInfo what is left of a server that is closed.
    fn abort_connections(&self) {
        self.deadline_passed.store(true, Ordering::Relaxed);
        self.control
            .send_modify(|control| control.close_all = control.close_all.wrapping_add(1));
        self.connections.closed.notify_waiters();
    }

    /// Does the work, and closes the server when it is time.
    pub(crate) async fn run_with_triggers<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|cx| {
            // In this order: what closes the server is in place before anybody is served.
            self.poll_triggers(cx);
            work.as_mut().poll(cx)
        })
        .await
    }

    fn poll_triggers(&self, cx: &mut Context<'_>) {
        let mut triggers = lock(&self.triggers);
        let mut at = 0;
        while let Some(trigger) = triggers.get_mut(at) {
            match trigger.as_mut().poll(cx) {
                Poll::Ready(()) => drop(triggers.swap_remove(at)),
                Poll::Pending => at += 1,
            }
        }
    }

    /// Resolves when the last connection has ended, and the last handler unless that is deadline_passed.
    pub(crate) async fn ended(&self) {
        let cut = async {
            loop {
                let freed = self.connections.closed.notified();
                if self.deadline_passed.load(Ordering::Relaxed) && self.connections.count() == 0 {
                    return;
                }
                freed.await;
            }
        };
        // Ready when the last of those who take control has gone; or when they are not waited for.
        let _ = either(self.control.closed(), cut).await;
        if !self.close_emitted.swap(true, Ordering::Relaxed) {
            self.emit(event::Close, &());
        }
    }
}
