//! Reads certificates again: on request, on a signal, and when their files change.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::SystemTime;

use http::StatusCode;

use super::active::ActiveTls;
use crate::error::Error;
use crate::http::error_reporter::ReportError;
use crate::http::events::tls_events::TlsReload;
use crate::http::server::shared::Shared;

impl ActiveTls {
    /// Reads the files again, and emits the result.
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

/// Reloads when the files have changed, as long as the server exists.
pub(super) async fn on_change(server: Weak<Shared>, tls: Arc<ActiveTls>) {
    let Some(interval) = tls.reload_interval else {
        return;
    };
    let mut loaded = versions(&tls).await;
    let mut seen = loaded.clone();
    loop {
        tokio::time::sleep(interval).await;
        let current = versions(&tls).await;
        // A certificate and its key are not replaced at the same instant, so a change is loaded once it is complete:
        // when nothing has changed since the last check.
        let is_stable = current == seen;
        seen.clone_from(&current);
        if is_stable && current != loaded {
            loaded = current;
            if !reload(&server, &tls).await {
                return;
            }
        }
    }
}

/// Reloads on each SIGHUP, as long as the server exists.
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

/// The modification time and the length of each file. `None` if a file cannot be read.
type Versions = Vec<Option<(SystemTime, u64)>>;

async fn versions(tls: &Arc<ActiveTls>) -> Versions {
    let tls = Arc::clone(tls);
    let reading = tokio::task::spawn_blocking(move || {
        let paths = tls.files.iter().flat_map(|files| files.paths());
        paths.map(|path| version(path).ok()).collect()
    });
    reading.await.unwrap_or_default()
}

fn version(path: &Path) -> io::Result<(SystemTime, u64)> {
    let metadata = fs::metadata(path)?;
    Ok((metadata.modified()?, metadata.len()))
}
