//! Ending on a signal.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::error::Error;
use crate::http::error_reporter::ReportError;
use crate::http::server::Server;
#[cfg(unix)]
use crate::http::server::listen::accept::either;
use crate::http::server::shutdown::GracePeriod;

impl Server {
    /// [Closes](Self::close) the server on ctrl-c (SIGINT), and on SIGTERM as service managers and containers send it.
    /// After `deadline` the connections that are left are cut; `None` waits for them. A second signal cuts them at
    /// once. Needs the feature `signal`. Node: `process.on('SIGTERM', () => server.close())`.
    ///
    /// The signals are taken from when the server [listens](Self::listen) or [runs](Self::run), and for good: from then
    /// on they do not end the process by themselves.
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .close_on_signal(Duration::from_secs(10));
    /// # server.close();
    /// server.listen(0).await
    /// # }
    /// ```
    #[must_use]
    pub fn close_on_signal(self, deadline: impl Into<Option<Duration>>) -> Self {
        // Not a handle of the server, which would keep it alive for ever.
        let server = Arc::downgrade(&self.shared);
        let when = async move {
            match Signals::new() {
                Ok(mut signals) => {
                    signals.next().await;
                    GracePeriod::until(async move { signals.next().await })
                }
                Err(error) => {
                    if let Some(server) = server.upgrade() {
                        let what = "signals cannot be taken";
                        let error =
                            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error);
                        server.report(&error);
                    }
                    // They end the process by themselves, then.
                    pending().await
                }
            }
        };
        self.trigger(when, deadline.into())
    }
}

/// The signals that end a server.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(windows)]
    ctrl_c: tokio::signal::windows::CtrlC,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        let _ = either(self.terminate.recv(), self.interrupt.recv()).await;
    }
}

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            ctrl_c: tokio::signal::windows::ctrl_c()?,
        })
    }

    async fn next(&mut self) {
        self.ctrl_c.recv().await;
    }
}
