//! The choice of the cipher suite for a connection.

use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{CipherSuite, ClientConfig, RootCertStore, SupportedProtocolVersion};

use crate::Site;

/// Creates a client that prefers the suites that the server prefers least.
fn contrary(site: &Site, version: &'static SupportedProtocolVersion) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    let authority = CertificateDer::from_pem_file(site.authority.path("authority.pem"));
    roots.add(authority.unwrap()).unwrap();
    let mut provider: CryptoProvider = aws_lc_rs::default_provider();
    provider
        .cipher_suites
        .sort_by_key(|it| format!("{:?}", it.suite()).contains("AES_128"));
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

#[tokio::test]
async fn the_server_chooses_the_suite() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    for (version, expected) in [
        (&TLS13, CipherSuite::TLS13_AES_128_GCM_SHA256),
        (&TLS12, CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
    ] {
        let stream = TcpStream::connect(served.addr).await.unwrap();
        let name = ServerName::try_from("a.example").unwrap();
        let client = contrary(&site, version);
        let stream = client.connect(name, stream).await.unwrap();
        let suite = stream.get_ref().1.negotiated_cipher_suite().unwrap();
        assert_eq!(suite.suite(), expected);
    }
}
