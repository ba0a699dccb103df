//! The TLS state of a server: the current configuration, and the limits on handshakes.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio_rustls::rustls::ServerConfig;

use super::Tls;
use super::certificates::CertificateFiles;
use crate::http::sync::lock;

pub(crate) struct ActiveTls {
    config: Mutex<Arc<ServerConfig>>,
    /// `None` if the program created the configuration.
    pub(super) files: Option<Mutex<CertificateFiles>>,
    pub(super) handshake_timeout: Duration,
    /// The limit on the number of simultaneous handshakes. `None` for no limit.
    pub(super) handshakes: Option<Semaphore>,
    pub(super) reload_interval: Option<Duration>,
}

impl ActiveTls {
    pub(super) fn new(tls: Tls) -> Self {
        Self {
            config: Mutex::new(tls.config),
            files: tls.files.map(Mutex::new),
            handshake_timeout: tls.handshake_timeout,
            handshakes: tls.max_handshakes.map(Semaphore::new),
            reload_interval: tls.reload_interval,
        }
    }

    pub(super) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&lock(&self.config))
    }

    /// Reads the files again. If that fails, the previous configuration stays in use. Existing connections always
    /// keep the configuration with which they began.
    pub(super) fn reload(&self) -> io::Result<()> {
        if let Some(files) = &self.files {
            let config = Arc::new(lock(files).load()?);
            *lock(&self.config) = config;
        }
        Ok(())
    }
}

impl fmt::Debug for ActiveTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActiveTls").finish_non_exhaustive()
    }
}
