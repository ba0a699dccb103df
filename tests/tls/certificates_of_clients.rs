//! Certificates that clients send.

use std::io;

use crate::certificates::Authority;
use crate::{Site, exchange, failures};

#[tokio::test]
async fn a_required_certificate_reaches_the_handler() {
    let site = Site::new();
    let authority = site.authority.path("authority.pem");
    let tls = site.tls.clone().require_client_certificate(authority);
    let served = site.serve(tls.unwrap());
    let (chain, key) = site.authority.issue("client", &["client.example"]);
    let client = site.authority.client(Some((&chain, &key)), &[]);
    // The second connection resumes the session of the first one, with its certificate.
    for _ in 0..2 {
        let mut stream = client.connect(served.addr, "a.example").await.unwrap();
        let response = exchange(&mut stream).await.unwrap();
        assert!(response.ends_with(" 1"), "{response}");
    }
}

#[tokio::test]
async fn a_client_without_a_required_certificate_is_rejected() {
    let site = Site::new();
    let authority = site.authority.path("authority.pem");
    let tls = site.tls.clone().require_client_certificate(authority);
    let served = site.serve(tls.unwrap());
    let mut failed = failures(&served.server);
    site.get(served.addr, "a.example").await.unwrap_err();
    let (kind, text) = failed.recv().await.unwrap();
    assert_eq!(kind, io::ErrorKind::InvalidData, "{text}");
    assert!(text.contains("no certificates"), "{text}");
}

#[tokio::test]
async fn a_requested_certificate_may_be_missing_but_not_invalid() {
    let site = Site::new();
    let authority = site.authority.path("authority.pem");
    let tls = site.tls.clone().request_client_certificate(authority);
    let served = site.serve(tls.unwrap());
    let mut failed = failures(&served.server);
    let response = site.get(served.addr, "a.example").await.unwrap();
    assert!(response.ends_with(" 0"), "{response}");

    let other = Authority::new();
    let (chain, key) = other.issue("client", &["client.example"]);
    let client = site.authority.client(Some((&chain, &key)), &[]);
    let stream = client.connect(served.addr, "a.example").await;
    // With TLS 1.3, the client connects successfully, and its first read fails.
    if let Ok(mut stream) = stream {
        exchange(&mut stream).await.unwrap_err();
    }
    let (kind, text) = failed.recv().await.unwrap();
    assert_eq!(kind, io::ErrorKind::InvalidData, "{text}");
}
