//! Reads certificates again: on request, on a signal, and when their files change.

use std::io;
use std::sync::{Arc, Weak};

use http::StatusCode;

use super::active::ActiveTls;
use super::certificates::Versions;
use crate::error::Error;
use crate::http::error_reporter::ReportError;
use crate::http::events::tls_events::TlsReload;
use crate::http::server::shared::Shared;
use crate::http::sync::lock;

impl ActiveTls {
    /// Reads the files again, and emits `TlsReload` or `Error`.
    pub(super) fn reload_and_report(&self, server: &Shared) -> io::Result<()> {
        let result = self.reload();
        match &result {
            Ok(()) => {
                server.emit(TlsReload, &());
            }
            Err(error) => {
                let message =
                    "the certificates were not reloaded, and the previous ones stay in use";
                let source = io::Error::new(error.kind(), error.to_string());
                let report = Error::new(StatusCode::INTERNAL_SERVER_ERROR, message);
                server.report(&report.with_source(source));
            }
        }
        result
    }
}

/// Reloads the certificates when their files have changed, as long as the server exists.
pub(super) async fn on_change(server: Weak<Shared>, tls: Arc<ActiveTls>) {
    let Some(interval) = tls.reload_interval else {
        return;
    };
    let mut seen = None;
    loop {
        tokio::time::sleep(interval).await;
        let changed = changed(&tls).await;
        // A certificate and its key are not replaced at the same instant, so a change is loaded once it is complete:
        // when nothing has changed since the last check.
        let is_complete = changed.is_some() && changed == seen;
        seen = changed;
        if is_complete && !reload(&server, &tls).await {
            return;
        }
    }
}

/// Reloads the certificates on each SIGHUP, as long as the server exists.
#[cfg(all(unix, feature = "signal"))]
pub(super) async fn on_hangup(server: Weak<Shared>, tls: Arc<ActiveTls>) {
    use tokio::signal::unix::{SignalKind, signal};

    let mut hangup = match signal(SignalKind::hangup()) {
        Ok(hangup) => hangup,
        Err(error) => {
            if let Some(server) = server.upgrade() {
                let message = "the SIGHUP handler could not be installed";
                let report = Error::new(StatusCode::INTERNAL_SERVER_ERROR, message);
                server.report(&report.with_source(error));
            }
            return;
        }
    };
    while hangup.recv().await.is_some() {
        if !reload(&server, &tls).await {
            return;
        }
    }
}

/// Reads the files on a blocking thread. Returns `false` if the server no longer exists.
async fn reload(server: &Weak<Shared>, tls: &Arc<ActiveTls>) -> bool {
    let Some(server) = server.upgrade() else {
        return false;
    };
    let tls = Arc::clone(tls);
    let reloading = tokio::task::spawn_blocking(move || tls.reload_and_report(&server));
    // The result has already been reported.
    let _ = reloading.await;
    true
}

/// Returns the versions of the files if they are not those that were last read.
async fn changed(tls: &Arc<ActiveTls>) -> Option<Versions> {
    let tls = Arc::clone(tls);
    let examining = tokio::task::spawn_blocking(move || lock(tls.files.as_ref()?).changed());
    examining.await.unwrap_or_default()
}
