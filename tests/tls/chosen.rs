//! The choice of the certificate for a client.

use onward::http::Tls;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use crate::Site;

#[tokio::test]
async fn a_client_gets_the_certificate_for_the_name_it_asks_for() {
    let site = Site::new();
    let (b, b_key) = site.authority.issue("b", &["b.example", "*.c.example"]);
    let tls = site.tls.clone().and_pem(b, b_key).unwrap();
    let served = site.serve(tls);
    let client = site.authority.client(None, &[]);
    for (name, file) in [
        ("a.example", "a.pem"),
        ("b.example", "b.pem"),
        ("x.c.example", "b.pem"),
        ("B.EXAMPLE", "b.pem"),
    ] {
        let stream = client.connect(served.addr, name).await.unwrap();
        let received = &stream.get_ref().1.peer_certificates().unwrap()[0];
        let expected = CertificateDer::from_pem_file(site.authority.path(file)).unwrap();
        assert_eq!(*received, expected, "{name}");
    }
}

/// The client rejects the default certificate, because it is not valid for the name.
#[tokio::test]
async fn an_unknown_name_gets_the_first_certificate() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    for name in ["unknown.example", "a.a.example"] {
        let error = site.get(served.addr, name).await.unwrap_err();
        assert!(error.to_string().contains("not valid for name"), "{error}");
    }
}

#[tokio::test]
async fn a_client_without_a_name_gets_the_first_certificate() {
    let site = Site::new();
    let (first, key) = site.authority.issue("ip", &["127.0.0.1"]);
    let tls = Tls::pem(first, key).unwrap();
    let tls = tls.and_pem(
        site.authority.path("a.pem"),
        site.authority.path("a-key.pem"),
    );
    let served = site.serve(tls.unwrap());
    let response = site.get(served.addr, "127.0.0.1").await.unwrap();
    assert!(response.contains("TLSv1.3 - -"), "{response}");
}
