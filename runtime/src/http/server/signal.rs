//! Closes a server on a signal.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::error::Error;
use crate::http::error_reporter::ReportError;
use crate::http::server::Server;
use crate::http::server::shutdown::GracePeriod;
#[cfg(unix)]
use crate::http::sync::either;

impl Server {
    /// Closes the server on Ctrl-C (SIGINT) or SIGTERM, and the remaining connections after `deadline`.
    ///
    /// With `None`, the connections have no deadline. A second signal closes them at once. On Windows, the only signal
    /// is Ctrl-C. The signal handlers are installed when the server starts to [listen](Self::listen) or
    /// [run](Self::run), and stay installed: from then on, these signals no longer end the process. If the handlers
    /// cannot be installed, [`event::Error`](crate::http::event::Error) is emitted. Needs the feature `signal`.
    /// Node.js: `process.on('SIGTERM', () => server.close())`.
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
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .close_on_signal(Duration::from_secs(10));
    /// # server.close();
    /// assert!(server.listen(0).await.is_ok());
    /// # }
    /// ```
    #[must_use]
    pub fn close_on_signal(self, deadline: impl Into<Option<Duration>>) -> Self {
        let server = Arc::downgrade(&self.shared);
        let trigger = async move {
            match Signals::new() {
                Ok(mut signals) => {
                    signals.next().await;
                    GracePeriod::until(async move { signals.next().await })
                }
                Err(error) => {
                    if let Some(server) = server.upgrade() {
                        let message = "signal handlers cannot be installed";
                        let report = Error::new(StatusCode::INTERNAL_SERVER_ERROR, message);
                        server.report(&report.with_source(error));
                    }
                    // Without a handler, the signals end the process.
                    pending().await
                }
            }
        };
        self.add_trigger(trigger, deadline.into())
    }
}

/// The signals that close a server.
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
