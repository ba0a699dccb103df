//! A client of TLS 1.3 that offers one cipher suite and one key exchange, so that all servers perform the same
//! computations.

use crate::load::{self, Stream};
use mio::net::TcpStream;
use rustls::client::Resumption;
use rustls::crypto::aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::crypto::{CryptoProvider, SupportedKxGroup};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::TLS13;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{self, Error, Read, Write};
use std::net::{SocketAddr, TcpStream as BlockingStream};
use std::path::Path;
use std::sync::Arc;

pub(super) struct Client {
    config: Arc<ClientConfig>,
}

/// A connection after its handshake.
pub(super) struct Secured<S: Read + Write>(StreamOwned<ClientConnection, S>);

impl Client {
    /// Creates a client that trusts the certificate in this folder.
    pub(super) fn new(
        folder: &Path,
        key_exchange: &'static dyn SupportedKxGroup,
    ) -> io::Result<Self> {
        let certificate =
            CertificateDer::from_pem_file(folder.join("cert.pem")).map_err(Error::other)?;
        let mut roots = RootCertStore::empty();
        roots.add(certificate).map_err(Error::other)?;
        let provider = CryptoProvider {
            cipher_suites: vec![TLS13_AES_128_GCM_SHA256],
            kx_groups: vec![key_exchange],
            ..default_provider()
        };
        let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
            .with_protocol_versions(&[&TLS13])
            .map_err(Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.resumption = Resumption::disabled();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            config: Arc::new(config),
        })
    }

    pub(super) fn connect(&self, address: SocketAddr) -> io::Result<Secured<BlockingStream>> {
        let mut stream = crate::answer::connect(address)?;
        stream.set_nodelay(true)?;
        let name = ServerName::try_from("localhost").map_err(Error::other)?;
        let mut connection =
            ClientConnection::new(Arc::clone(&self.config), name).map_err(Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut stream)?;
        }
        Ok(Secured(StreamOwned::new(connection, stream)))
    }
}

impl Secured<BlockingStream> {
    pub(super) fn nonblocking(self) -> io::Result<Secured<TcpStream>> {
        let StreamOwned { conn, sock, .. } = self.0;
        Ok(Secured(StreamOwned::new(conn, load::nonblocking(sock)?)))
    }
}

impl<S: Read + Write> Read for Secured<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<S: Read + Write> Write for Secured<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Stream for Secured<TcpStream> {
    fn socket(&mut self) -> &mut TcpStream {
        &mut self.0.sock
    }
}
