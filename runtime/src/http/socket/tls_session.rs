//! The results of a connection's TLS handshake.

use std::fmt;

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ProtocolVersion, ServerConnection};

/// The encryption of a connection; [`SocketInfo::tls`](crate::http::SocketInfo::tls) returns it.
///
/// Node.js: `tls.TLSSocket`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|req, res| async move {
///     let name = req.socket.tls().and_then(|tls| tls.server_name.clone());
///     res.send(format!("you asked for {name:?}"))
/// });
/// # drop(server);
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct TlsSession {
    /// The version, such as `TLSv1.3`.
    ///
    /// Node.js: `socket.getProtocol()`.
    pub version: &'static str,
    /// The cipher suite, such as `TLS13_AES_256_GCM_SHA384`.
    ///
    /// Node.js: `socket.getCipher().name`.
    pub cipher: &'static str,
    /// The name that the client asked for (SNI), in lowercase.
    ///
    /// Node.js: `socket.servername`.
    pub server_name: Option<String>,
    /// The protocol that was chosen via ALPN: `h2` or `http/1.1`.
    ///
    /// Node.js: `socket.alpnProtocol`.
    pub alpn_protocol: Option<String>,
    pub(crate) peer_certificates: Vec<CertificateDer<'static>>,
}

impl TlsSession {
    pub(crate) fn new(connection: &ServerConnection) -> Self {
        let suite = connection.negotiated_cipher_suite();
        let alpn_protocol = connection.alpn_protocol();
        let certificates = connection.peer_certificates().unwrap_or_default();
        Self {
            version: match connection.protocol_version() {
                Some(ProtocolVersion::TLSv1_2) => "TLSv1.2",
                _ => "TLSv1.3",
            },
            cipher: suite.map_or("", |it| it.suite().as_str().unwrap_or_default()),
            server_name: connection.server_name().map(str::to_owned),
            alpn_protocol: alpn_protocol.map(|it| String::from_utf8_lossy(it).into_owned()),
            peer_certificates: certificates
                .iter()
                .map(|it| it.clone().into_owned())
                .collect(),
        }
    }
}

impl fmt::Debug for TlsSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsSession")
            .field("version", &self.version)
            .field("cipher", &self.cipher)
            .field("server_name", &self.server_name)
            .field("alpn_protocol", &self.alpn_protocol)
            .finish_non_exhaustive()
    }
}
