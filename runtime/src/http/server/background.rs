//! Tasks that a closing server waits for.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::http::control::Stage;
use crate::http::server::Server;
use crate::http::server::shared::Shared;
use crate::http::sync::{either, reaches, spawn};

/// Work outside of requests.
impl Server {
    /// Runs a task that a closing server waits for, such as one that sends an email after the response.
    ///
    /// [`listen`](Self::listen), [`run`](Self::run) and [`closed`](Self::closed) also wait for the task to end. When
    /// the deadline for closing has passed, the task is dropped at its current `.await`. A task that would otherwise
    /// never end must wait for [`closing`](Self::closing) itself. Node.js: no counterpart; Hono:
    /// `executionCtx.waitUntil`.
    ///
    /// # Panics
    ///
    /// Panics if it is called outside of a tokio runtime.
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
    /// let (sender, receiver) = tokio::sync::oneshot::channel();
    /// server.spawn(async move { sender.send("done").unwrap() });
    /// server.close();
    /// server.closed().await;
    /// assert_eq!(receiver.await, Ok("done"));
    /// # }
    /// ```
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        // The server does not end while there is a receiver.
        let waits = self.shared.control.subscribe();
        let server = Arc::clone(&self.shared);
        spawn(Box::pin(async move {
            let _ = either(deadline(server), task).await;
            drop(waits);
        }));
    }

    /// Resolves when the server begins to close, or immediately if it is closing already.
    ///
    /// The future resolves at the end of the [`close_delay`](Self::close_delay), if there is one, and at the same time
    /// as [`server_closing`](crate::http::Socket::server_closing) of a socket. Node.js: no counterpart.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future has no effect.
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
    /// server.closing().await;
    /// # }
    /// ```
    pub fn closing(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stage = self.shared.stage.subscribe();
        async move {
            // If every handle of the server is dropped, the server never closes, so the future never resolves.
            reaches(&mut stage, &mut |stage| *stage == Stage::Closing).await;
        }
    }
}

/// Resolves when the deadline for closing has passed.
async fn deadline(server: Arc<Shared>) {
    loop {
        let changed = server.connections.closed.notified();
        if server.deadline_passed.load(Ordering::Relaxed) {
            return;
        }
        changed.await;
    }
}
