//! The notifications that a server sends to the service manager.

use std::env;
use std::io;
use std::os::unix::net::UnixDatagram;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::error::Error;
use crate::http::control::Stage;
use crate::http::error_reporter::ReportError;
use crate::http::events::server_events::Listening;
use crate::http::server::Server;
use crate::http::sync::{lock, reaches};

impl Server {
    /// Notifies systemd when the server listens (`READY=1`), while it runs (`WATCHDOG=1`), and when it closes
    /// (`STOPPING=1`).
    ///
    /// The protocol is described in `sd_notify(3)`. Use this for units with `Type=notify`, with or without
    /// `WatchdogSec=`. The watchdog is notified twice per interval by the task that accepts connections, so systemd
    /// restarts a server whose runtime is blocked. Outside of such a unit, the call has no effect. If systemd cannot be
    /// notified, [`event::Error`](crate::http::event::Error) is emitted. Call this method before the server listens.
    /// Needs the feature `systemd`. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .notify_systemd();
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn notify_systemd(self) -> Self {
        let Some(manager) = Manager::from_env().map(Arc::new) else {
            return self;
        };
        let server = Arc::downgrade(&self.shared);
        let send = {
            let manager = Arc::clone(&manager);
            move |state: &str| {
                if let Err(error) = manager.notify(state)
                    && let Some(server) = server.upgrade()
                {
                    let message = "systemd cannot be notified";
                    let report = Error::new(StatusCode::INTERNAL_SERVER_ERROR, message);
                    server.report(&report.with_source(error));
                }
            }
        };
        let mut stage = self.shared.stage.subscribe();
        let ready = send.clone();
        self.once(Listening, move |_| ready("READY=1"));
        let stopping = send.clone();
        let mut triggers = lock(&self.shared.triggers);
        triggers.push(Box::pin(async move {
            reaches(&mut stage, &mut |stage| *stage != Stage::Open).await;
            stopping("STOPPING=1");
        }));
        if let Some(interval) = manager.watchdog {
            triggers.push(Box::pin(async move {
                loop {
                    tokio::time::sleep(interval).await;
                    send("WATCHDOG=1");
                }
            }));
        }
        drop(triggers);
        self
    }
}

/// The service manager that started this process.
struct Manager {
    socket: String,
    /// The interval at which the watchdog is notified, if it is enabled.
    watchdog: Option<Duration>,
}

impl Manager {
    fn from_env() -> Option<Self> {
        let socket = env::var("NOTIFY_SOCKET").ok().filter(|it| !it.is_empty())?;
        let pid = env::var("WATCHDOG_PID").ok();
        let is_for_us = pid.is_none_or(|pid| pid == std::process::id().to_string());
        let micros = env::var("WATCHDOG_USEC").ok().filter(|_| is_for_us);
        let micros = micros.and_then(|micros| micros.parse::<u64>().ok());
        let watchdog = micros.map(|micros| Duration::from_micros(micros / 2));
        Some(Self {
            socket,
            watchdog: watchdog.filter(|it| !it.is_zero()),
        })
    }

    fn notify(&self, state: &str) -> io::Result<()> {
        let datagram = UnixDatagram::unbound()?;
        // A service manager that does not read must not block the server.
        datagram.set_nonblocking(true)?;
        match self.socket.strip_prefix('@') {
            Some(name) => send_to_abstract(&datagram, state, name),
            None => datagram.send_to(state.as_bytes(), &self.socket).map(drop),
        }
    }
}

#[cfg(any(target_os = "android", target_os = "linux"))]
fn send_to_abstract(datagram: &UnixDatagram, state: &str, name: &str) -> io::Result<()> {
    #[cfg(target_os = "android")]
    use std::os::android::net::SocketAddrExt;
    #[cfg(target_os = "linux")]
    use std::os::linux::net::SocketAddrExt;

    let addr = std::os::unix::net::SocketAddr::from_abstract_name(name)?;
    datagram.send_to_addr(state.as_bytes(), &addr).map(drop)
}

#[cfg(not(any(target_os = "android", target_os = "linux")))]
fn send_to_abstract(_: &UnixDatagram, _: &str, _: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
