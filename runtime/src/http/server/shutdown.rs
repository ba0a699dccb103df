//! Closes a server and its connections.

use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::http::control::Stage;
use crate::http::server::{Server, shared::Shared};
use crate::http::socket::events;
use crate::http::sync::{either, lock, reaches};

/// Closing a server, and closing connections.
impl Server {
    /// Stops accepting connections, lets requests in progress finish and closes idle connections.
    ///
    /// [`listen`](Self::listen), [`run`](Self::run) and [`closed`](Self::closed) complete when the last connection and
    /// the last handler have ended. Responses that begin while the server is closing have `connection: close` (HTTP/1).
    /// On a connection that was opened or had a request less than 500 ms ago, the client may still send a request.
    /// Closing is final: a closed server never listens again. Closing again has no effect, except that it ends a
    /// [`close_delay`](Self::close_delay). Node.js: `server.close()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.close();
    /// assert!(server.listen(0).await.is_ok()); // resolves immediately
    /// # }
    /// ```
    pub fn close(&self) {
        self.shared.close();
    }

    /// Closes the connections that wait for a request.
    ///
    /// The server keeps running. Node.js: `server.closeIdleConnections()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() });
    /// server.close_idle_connections();
    /// assert_eq!(server.connections(), 0);
    /// ```
    pub fn close_idle_connections(&self) {
        self.shared
            .control
            .send_modify(|control| control.close_idle = control.close_idle.wrapping_add(1));
    }

    /// Closes all connections at once, regardless of their state.
    ///
    /// Handlers that have not ended their response are dropped. The server keeps running unless it is
    /// [closed](Self::close). Node.js: `server.closeAllConnections()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() });
    /// server.close();
    /// server.close_all_connections();
    /// assert_eq!(server.connections(), 0);
    /// ```
    pub fn close_all_connections(&self) {
        self.shared.close_all();
    }

    /// Resolves when the server is closed and its last connection and handler have ended.
    ///
    /// [`listen`](Self::listen) and [`run`](Self::run) wait for this themselves; `closed` is for other tasks, and for
    /// servers without a listener ([`serve`](Self::serve)). Node.js: the callback of `server.close`.
    ///
    /// # Cancel safety
    ///
    /// The future only waits: dropping it has no effect on the server.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.close();
    /// server.closed().await;
    /// assert_eq!(server.connections(), 0);
    /// # }
    /// ```
    pub fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let server = Arc::clone(&self.shared);
        async move {
            let mut control = server.control.subscribe();
            reaches(&mut control, &mut |control| control.closing).await;
            drop(control);
            server.ended().await;
        }
    }

    /// Sets how long the server still accepts connections after [`close`](Self::close) is called.
    ///
    /// Default: none. [`close`](Self::close) makes [`readiness`](crate::readiness) reply with a 503 at once, and the
    /// server stops listening after the delay, which gives the load balancers in front of it time to notice. Calling
    /// `close` again ends the delay. A deadline for closing includes the delay. Without a listener, there is no delay.
    /// Set the delay before the server listens. Node.js: no counterpart; terminus: `beforeShutdown`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|req, res| async move { res.send(onward::readiness(&req)) })
    ///     .close_delay(Duration::from_secs(5));
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn close_delay(self, delay: Duration) -> Self {
        let server = Arc::downgrade(&self.shared);
        let mut stage = self.shared.stage.subscribe();
        lock(&self.shared.triggers).push(Box::pin(async move {
            reaches(&mut stage, &mut |stage| *stage == Stage::Unready).await;
            tokio::time::sleep(delay).await;
            if let Some(server) = server.upgrade() {
                server.close_now();
            }
        }));
        self.set_option(|options| options.has_close_delay = !delay.is_zero())
    }

    /// Closes the server when `trigger` resolves, and the remaining connections after `deadline`.
    ///
    /// With `None`, the connections have no deadline. Set the trigger before the server listens, because it is polled
    /// by [`listen`](Self::listen) or [`run`](Self::run), which complete at the deadline even if handlers that have
    /// already sent their response still run. Several triggers can be set; the first to resolve decides. Node.js:
    /// `signal` in the options of `server.listen`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .close_on(stopped, Duration::from_secs(10));
    /// drop(stop);
    /// assert!(server.listen(0).await.is_ok());
    /// # }
    /// ```
    #[must_use]
    pub fn close_on<F>(self, trigger: F, deadline: impl Into<Option<Duration>>) -> Self
    where
        F: Future + Send + 'static,
    {
        let trigger = async move {
            trigger.await;
            GracePeriod::unlimited()
        };
        self.add_trigger(trigger, deadline.into())
    }

    /// Adds a trigger, which closes the server when it resolves. Connections are aborted at the deadline or at the end
    /// of the [`GracePeriod`] that the trigger returns, whichever comes first.
    pub(crate) fn add_trigger(
        self,
        trigger: impl Future<Output = GracePeriod> + Send + 'static,
        deadline: Option<Duration>,
    ) -> Self {
        let server = Arc::downgrade(&self.shared);
        let trigger = async move {
            let grace_period = trigger.await;
            let closed = server.upgrade().is_some_and(|server| server.close_once());
            if closed {
                // Either the deadline or the trigger ends the grace period.
                let _ = either(deadline_after(deadline), grace_period.0).await;
                if let Some(server) = server.upgrade() {
                    server.abort_connections();
                }
            }
        };
        lock(&self.shared.triggers).push(Box::pin(trigger));
        self
    }
}

async fn deadline_after(deadline: Option<Duration>) {
    match deadline {
        Some(deadline) => tokio::time::sleep(deadline).await,
        None => pending().await,
    }
}

/// A future that resolves when the grace period of a closed server is over.
pub(crate) struct GracePeriod(Pin<Box<dyn Future<Output = ()> + Send>>);

impl GracePeriod {
    #[cfg(feature = "signal")]
    pub(crate) fn until(end: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(Box::pin(end))
    }

    pub(crate) fn unlimited() -> Self {
        Self(Box::pin(pending()))
    }
}

/// A future that runs while the server listens, such as one that waits until a trigger fires, closes the server, and
/// aborts its connections after the grace period.
pub(crate) type ShutdownTrigger = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Shared {
    /// Begins the delay, if there is one and it has not begun. Otherwise closes the server.
    pub(crate) fn close(&self) {
        let has_delay = lock(&self.options).has_close_delay && self.listens();
        let begins = |stage: &mut Stage| {
            let begins = *stage == Stage::Open;
            if begins {
                *stage = Stage::Unready;
            }
            begins
        };
        if !has_delay || !self.stage.send_if_modified(begins) {
            self.close_now();
        }
    }

    fn listens(&self) -> bool {
        lock(&self.listen_state).address().is_some()
    }

    /// Closes the server without a delay.
    pub(crate) fn close_now(&self) {
        self.control.send_modify(|control| control.closing = true);
        self.stage.send_replace(Stage::Closing);
    }

    fn close_all(&self) {
        self.control
            .send_modify(|control| control.close_all = control.close_all.wrapping_add(1));
    }

    /// Closes the server. Returns `false` if another trigger has already closed it; the deadline of that trigger then
    /// applies.
    fn close_once(&self) -> bool {
        let first = !self.triggered.swap(true, Ordering::Relaxed);
        if first {
            self.close();
        }
        first
    }

    /// Aborts the remaining connections and stops waiting for handlers.
    fn abort_connections(&self) {
        self.close_now();
        self.deadline_passed.store(true, Ordering::Relaxed);
        self.close_all();
        self.connections.closed.notify_waiters();
    }

    /// Runs `work` and the triggers in one task.
    pub(crate) async fn run_with_triggers<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|cx| {
            // The triggers are polled first, so that signal handlers are installed before the first connection is
            // accepted.
            self.poll_triggers(cx);
            work.as_mut().poll(cx)
        })
        .await
    }

    fn poll_triggers(&self, cx: &mut Context<'_>) {
        let mut triggers = lock(&self.triggers);
        let mut index = 0;
        while let Some(trigger) = triggers.get_mut(index) {
            match trigger.as_mut().poll(cx) {
                Poll::Ready(()) => drop(triggers.swap_remove(index)),
                Poll::Pending => index += 1,
            }
        }
    }

    /// Resolves when the last connection and the last handler have ended, and then emits `Close`. Does not wait for
    /// handlers once the deadline has passed.
    pub(crate) async fn ended(&self) {
        let aborted = async {
            loop {
                let closed = self.connections.closed.notified();
                if self.deadline_passed.load(Ordering::Relaxed) && self.connections.count() == 0 {
                    return;
                }
                closed.await;
            }
        };
        // Connections, handlers and spawned tasks hold receivers: if there is no receiver, all of them have ended.
        let _ = either(self.control.closed(), aborted).await;
        if !self.close_emitted.swap(true, Ordering::Relaxed) {
            self.emit(events::Close, &());
        }
    }
}
