//! TLS: the certificates of a server, their reloading, and the handshake.
//!
//! Invariants:
//!
//! 1. A server listens with TLS only if its certificates were read, and each key belongs to its certificate.
//! 2. A failed reload changes nothing. A successful reload applies to connections that are accepted after it.
//! 3. A connection counts as open during its handshake, and is closed if the handshake is not complete at its deadline.
//! 4. No part of a request is read before the handshake is complete.
//!
//! rustls implements TLS. The only parts of HTTP in this folder are the names of its versions for ALPN and the response
//! to a request without TLS.

pub(crate) mod active;
mod certificates;
mod handshake;
mod pem;
mod reload;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::ServerConfig;

use self::active::ActiveTls;
use self::certificates::{CertificateFiles, ClientAuthority};
use crate::http::server::Server;
use crate::http::sync::lock;

/// The certificates of a server, for [`Server::tls`].
///
/// Clients use TLS 1.3 or 1.2, with HTTP/2 (feature `http2`) if they offer it via ALPN, and HTTP/1.1 otherwise. The
/// server chooses the first cipher suite that the client supports, in the order of Mozilla's intermediate
/// configuration: AES-128-GCM, AES-256-GCM, ChaCha20-Poly1305, all with forward secrecy. The supported key exchanges
/// include X25519MLKEM768. Sessions are resumed with tickets; there is no early data (0-RTT) and no renegotiation.
/// Needs the feature `tls`. Node.js: the options of `https.createServer`.
///
/// # Examples
///
/// ```no_run
/// use onward::http::{self, Tls};
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = http::create_server(|_req, res| async move { res.send("hello") })
///     .tls(Tls::pem("cert.pem", "key.pem")?);
/// server.listen(443).await
/// # }
/// ```
#[derive(Clone)]
pub struct Tls {
    config: Arc<ServerConfig>,
    /// `None` if the program created the configuration.
    files: Option<CertificateFiles>,
    handshake_timeout: Duration,
    max_handshakes: Option<usize>,
    reload_interval: Option<Duration>,
}

impl Tls {
    /// Reads a certificate and its private key from PEM files.
    ///
    /// The first file contains the certificate of the server, followed by those of its issuers; the second file
    /// contains its key (PKCS #8, PKCS #1 or SEC 1). Both files are read again if one of them changes: see
    /// [`reload_every`](Self::reload_every). Node.js: `cert` and `key`.
    ///
    /// # Errors
    ///
    /// - The [`io::ErrorKind`] of the operating system if a file cannot be read.
    /// - `InvalidData` if a file is not PEM, has no certificate or no unencrypted private key, or if the key does not
    ///   belong to the first certificate.
    ///
    /// Each message names the file.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http::Tls;
    ///
    /// let error = Tls::pem("missing.pem", "key.pem").unwrap_err();
    /// assert!(error.to_string().starts_with("`missing.pem` cannot be read"));
    /// ```
    pub fn pem(certificate: impl AsRef<Path>, key: impl AsRef<Path>) -> io::Result<Self> {
        Self::load(CertificateFiles::default().pair(certificate.as_ref(), key.as_ref()))
    }

    /// Adds a certificate for other names.
    ///
    /// A client gets the first certificate that is valid for the name that it asks for (SNI); a wildcard is valid for
    /// the names that it matches. If no certificate is valid, or the client asks for no name, it gets the certificate
    /// of [`pem`](Self::pem). Node.js: `server.addContext`, which takes the name.
    ///
    /// # Errors
    ///
    /// - The errors of [`pem`](Self::pem).
    /// - `InvalidInput` if [`config`](Self::config) created this value.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::Tls;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let tls = Tls::pem("shop.pem", "shop-key.pem")?.and_pem("blog.pem", "blog-key.pem")?;
    /// # drop(tls);
    /// # Ok(())
    /// # }
    /// ```
    pub fn and_pem(self, certificate: impl AsRef<Path>, key: impl AsRef<Path>) -> io::Result<Self> {
        self.with_files(|files| files.pair(certificate.as_ref(), key.as_ref()))
    }

    /// Requires each client to present a certificate that is signed by an authority in this PEM file.
    ///
    /// The handshake of a client without one fails. The handler finds the certificate in
    /// [`req.socket.peer_certificates()`](crate::http::SocketInfo::peer_certificates). Node.js: `requestCert`,
    /// `rejectUnauthorized` and `ca`.
    ///
    /// # Errors
    ///
    /// The errors of [`and_pem`](Self::and_pem).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::Tls;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let tls = Tls::pem("cert.pem", "key.pem")?.require_client_certificate("clients.pem")?;
    /// # drop(tls);
    /// # Ok(())
    /// # }
    /// ```
    pub fn require_client_certificate(self, authority: impl AsRef<Path>) -> io::Result<Self> {
        self.with_files(|files| files.clients(authority.as_ref(), true))
    }

    /// Asks each client for a certificate that is signed by an authority in this PEM file, and also accepts clients
    /// without one.
    ///
    /// The handshake of a client with an invalid certificate fails.
    /// Node.js: `requestCert` and `ca`, with `rejectUnauthorized: false`, which also accepts invalid certificates.
    ///
    /// # Errors
    ///
    /// The errors of [`and_pem`](Self::and_pem).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::Tls;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let tls = Tls::pem("cert.pem", "key.pem")?.request_client_certificate("clients.pem")?;
    /// # drop(tls);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request_client_certificate(self, authority: impl AsRef<Path>) -> io::Result<Self> {
        self.with_files(|files| files.clients(authority.as_ref(), false))
    }

    /// Uses a rustls configuration, for everything that has no method here, such as certificates that are not in files.
    ///
    /// The configuration is used unchanged: set its `alpn_protocols` to `h2` and `http/1.1` for HTTP/2.
    /// Node.js: `secureContext`.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::Tls;
    ///
    /// fn from_rustls(config: tokio_rustls::rustls::ServerConfig) -> Tls {
    ///     Tls::config(config)
    /// }
    /// # let _ = from_rustls;
    /// ```
    pub fn config(config: impl Into<Arc<ServerConfig>>) -> Self {
        Self {
            config: config.into(),
            files: None,
            handshake_timeout: Duration::from_secs(10),
            max_handshakes: None,
            reload_interval: Some(Duration::from_secs(10)),
        }
    }

    /// Sets the time within which a handshake must be complete.
    ///
    /// Default: 10 s. When this time elapses, the connection is closed, and
    /// [`event::TlsClientError`](crate::http::event::TlsClientError) is emitted. Node.js: `handshakeTimeout`, whose
    /// default is 120 s.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::Tls;
    /// use std::time::Duration;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let tls = Tls::pem("cert.pem", "key.pem")?.handshake_timeout(Duration::from_secs(5));
    /// # drop(tls);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn handshake_timeout(mut self, timeout: Duration) -> Self {
        self.handshake_timeout = timeout;
        self
    }

    /// Sets how many handshakes may take place at a time.
    ///
    /// Default: `None`, which means no limit. Further clients wait, after they have sent their first message, until
    /// another handshake ends or their own handshake times out. A client that has not sent this message does not count.
    /// 0 is treated as 1. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::Tls;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let tls = Tls::pem("cert.pem", "key.pem")?.max_handshakes(200);
    /// # drop(tls);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_handshakes(mut self, handshakes: impl Into<Option<usize>>) -> Self {
        self.max_handshakes = handshakes.into().map(|it| it.max(1));
        self
    }

    /// Sets how often the files are examined; if one of them has changed, all of them are read again.
    ///
    /// Default: 10 s. A change is loaded once the files have stayed the same for this time, so that a certificate is
    /// not loaded without its new key. `None` disables reloading. The files are examined only while the server
    /// [listens](Server::listen). Node.js: `server.setSecureContext`, which the program calls.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::Tls;
    /// use std::time::Duration;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let tls = Tls::pem("cert.pem", "key.pem")?.reload_every(Duration::from_secs(60));
    /// # drop(tls);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn reload_every(mut self, interval: impl Into<Option<Duration>>) -> Self {
        self.reload_interval = interval.into();
        self
    }

    fn load(mut files: CertificateFiles) -> io::Result<Self> {
        let mut tls = Self::config(files.load()?);
        tls.files = Some(files);
        Ok(tls)
    }

    fn with_files(
        mut self,
        change: impl FnOnce(CertificateFiles) -> CertificateFiles,
    ) -> io::Result<Self> {
        let Some(files) = self.files.take() else {
            let message = "a rustls configuration cannot be changed";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        let mut files = change(files);
        self.config = Arc::new(files.load()?);
        self.files = Some(files);
        Ok(self)
    }
}

impl CertificateFiles {
    fn pair(mut self, certificate: &Path, key: &Path) -> Self {
        self.pairs.push((certificate.to_owned(), key.to_owned()));
        self
    }

    fn clients(mut self, authority: &Path, is_required: bool) -> Self {
        self.clients = Some(ClientAuthority {
            path: authority.to_owned(),
            is_required,
        });
        self
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls")
            .field("files", &self.files)
            .field("handshake_timeout", &self.handshake_timeout)
            .finish_non_exhaustive()
    }
}

/// TLS.
impl Server {
    /// Makes the server use TLS on the addresses that it listens on.
    ///
    /// A client that sends an HTTP request without TLS gets a 400. The [`headers_timeout`](Self::headers_timeout)
    /// starts after the handshake. Connections that are passed to [`serve`](Self::serve) are not affected. Call this
    /// method before the server listens. Needs the feature `tls`. Node.js: `https.createServer`.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http::{self, Tls};
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .tls(Tls::pem("cert.pem", "key.pem")?);
    /// server.on(event::TlsClientError, |failed| eprintln!("{failed}"));
    /// server.listen(443).await
    /// # }
    /// ```
    #[must_use]
    pub fn tls(self, tls: Tls) -> Self {
        let tls = Arc::new(ActiveTls::new(tls));
        {
            let server = Arc::downgrade(&self.shared);
            let mut triggers = lock(&self.shared.triggers);
            if tls.files.is_some() {
                #[cfg(all(unix, feature = "signal"))]
                triggers.push(Box::pin(reload::on_hangup(
                    server.clone(),
                    Arc::clone(&tls),
                )));
                triggers.push(Box::pin(reload::on_change(server, Arc::clone(&tls))));
            }
        }
        self.set_option(|options| options.tls = Some(tls))
    }

    /// Reads the certificates again.
    ///
    /// New connections use them; open connections keep the old certificates.
    /// [`event::TlsReload`](crate::http::event::TlsReload) is emitted. If reading fails, the previous certificates stay
    /// in use, and [`event::Error`](crate::http::event::Error) is emitted. On Unix, with the feature `signal`, SIGHUP
    /// does the same while the server listens, and no longer ends the process. A server without [`tls`](Self::tls), or
    /// with [`Tls::config`], has nothing to read. Node.js: `server.setSecureContext`.
    ///
    /// # Errors
    ///
    /// The errors of [`Tls::pem`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.reload_tls()
    /// # }
    /// ```
    pub fn reload_tls(&self) -> io::Result<()> {
        let tls = lock(&self.shared.options).tls.clone();
        match tls {
            Some(tls) => tls.reload_and_report(&self.shared),
            None => Ok(()),
        }
    }
}
