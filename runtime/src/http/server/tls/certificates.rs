//! The certificates of a server, and the choice of one for each client.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::crypto::aws_lc_rs::{self, cipher_suite, kx_group};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::server::{
    ClientHello, ParsedCertificate, ResolvesServerCert, WebPkiClientVerifier,
};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{Error as TlsError, RootCertStore, ServerConfig};

use super::pem::{invalid, read_certificates, read_key};

/// The files from which a configuration is created, so that it can be created again.
#[derive(Clone, Debug, Default)]
pub(super) struct CertificateFiles {
    /// Pairs of a file with a certificate chain and a file with its private key. The first pair is the default.
    pub(super) pairs: Vec<(PathBuf, PathBuf)>,
    pub(super) clients: Option<ClientAuthority>,
    /// The versions of the files immediately before they were last read.
    read: Versions,
}

/// The modification time and the length of each file. `None` for a file that cannot be examined.
pub(super) type Versions = Vec<Option<(SystemTime, u64)>>;

/// The certificate authority that signs the certificates of clients.
#[derive(Clone, Debug)]
pub(super) struct ClientAuthority {
    pub(super) path: PathBuf,
    /// Whether a client without a certificate is rejected.
    pub(super) is_required: bool,
}

impl CertificateFiles {
    /// Returns the current versions of the files, or `None` if they are those that were last read.
    pub(super) fn changed(&self) -> Option<Versions> {
        let current = self.versions();
        (current != self.read).then_some(current)
    }

    fn versions(&self) -> Versions {
        let pairs = self.pairs.iter().flat_map(|(chain, key)| [chain, key]);
        let paths = pairs.chain(self.clients.iter().map(|it| &it.path));
        paths.map(|path| version(path).ok()).collect()
    }

    /// Reads the files, and creates the configuration from them.
    pub(super) fn load(&mut self) -> io::Result<ServerConfig> {
        // The versions are read first, so a file that changes while it is being read counts as changed.
        self.read = self.versions();
        let provider = Arc::new(provider());
        let certificates = self.pairs.iter().map(|pair| load_pair(pair, &provider));
        let certificates = CertificateList(certificates.collect::<io::Result<_>>()?);
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?;
        let builder = match &self.clients {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let roots = Arc::new(load_roots(authority)?);
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
                let verifier = match authority.is_required {
                    true => verifier,
                    false => verifier.allow_unauthenticated(),
                };
                let verifier = verifier.build().map_err(io::Error::other)?;
                builder.with_client_cert_verifier(verifier)
            }
        };
        let mut config = builder.with_cert_resolver(Arc::new(certificates));
        config.alpn_protocols = alpn_protocols();
        // As in Node, the server's order of cipher suites takes precedence over the client's.
        config.ignore_client_order = true;
        // One ticket is enough, because each resumed session gets another one. A second ticket would cost 2% of the
        // instructions of a handshake.
        config.send_tls13_tickets = 1;
        config.ticketer = aws_lc_rs::Ticketer::new().map_err(io::Error::other)?;
        Ok(config)
    }
}

fn version(path: &Path) -> io::Result<(SystemTime, u64)> {
    let metadata = fs::metadata(path)?;
    Ok((metadata.modified()?, metadata.len()))
}

/// Returns the supported protocols, the preferred one first.
fn alpn_protocols() -> Vec<Vec<u8>> {
    let mut protocols = vec![b"http/1.1".to_vec()];
    if cfg!(feature = "http2") {
        protocols.insert(0, b"h2".to_vec());
    }
    protocols
}

/// Returns the cryptographic algorithms. The key exchange that resists quantum computers is preferred, and the cipher
/// suites are in the order that Mozilla recommends.
fn provider() -> CryptoProvider {
    CryptoProvider {
        cipher_suites: vec![
            cipher_suite::TLS13_AES_128_GCM_SHA256,
            cipher_suite::TLS13_AES_256_GCM_SHA384,
            cipher_suite::TLS13_CHACHA20_POLY1305_SHA256,
            cipher_suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            cipher_suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            cipher_suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            cipher_suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            cipher_suite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            cipher_suite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ],
        kx_groups: vec![
            kx_group::X25519MLKEM768,
            kx_group::X25519,
            kx_group::SECP256R1,
            kx_group::SECP384R1,
        ],
        ..aws_lc_rs::default_provider()
    }
}

fn load_pair(
    (chain, key): &(PathBuf, PathBuf),
    provider: &CryptoProvider,
) -> io::Result<Arc<CertifiedKey>> {
    let certificates = read_certificates(chain)?;
    let key_der = read_key(key)?;
    match CertifiedKey::from_der(certificates, key_der, provider) {
        Ok(certified) => Ok(Arc::new(certified)),
        Err(TlsError::InconsistentKeys(_)) => {
            let what = format!(
                "does not belong to the first certificate of `{}`",
                chain.display()
            );
            Err(invalid(key, what))
        }
        Err(TlsError::InvalidCertificate(error)) => Err(invalid(
            chain,
            format!("is not a valid certificate: {error:?}"),
        )),
        Err(error) => Err(invalid(
            key,
            format!("is not a usable private key: {error}"),
        )),
    }
}

fn load_roots(authority: &ClientAuthority) -> io::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for certificate in read_certificates(&authority.path)? {
        roots.add(certificate).map_err(|error| {
            invalid(
                &authority.path,
                format!("is not a certificate authority: {error}"),
            )
        })?;
    }
    Ok(roots)
}

/// A list from which a client gets the first certificate that is valid for the name that it asks for, or the first of
/// all if none is valid.
struct CertificateList(Vec<Arc<CertifiedKey>>);

impl ResolvesServerCert for CertificateList {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if let [only] = &self.0[..] {
            return Some(Arc::clone(only));
        }
        let name = hello.server_name();
        let name = name.and_then(|name| ServerName::try_from(name).ok());
        let named = name.and_then(|name| self.0.iter().find(|it| is_valid_for(it, &name)));
        named.or(self.0.first()).cloned()
    }
}

fn is_valid_for(certified: &CertifiedKey, name: &ServerName<'_>) -> bool {
    let Some(certificate) = certified.cert.first() else {
        return false;
    };
    let parsed = ParsedCertificate::try_from(certificate);
    parsed.is_ok_and(|parsed| verify_server_name(&parsed, name).is_ok())
}

impl fmt::Debug for CertificateList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CertificateList")
            .field(&self.0.len())
            .finish()
    }
}
