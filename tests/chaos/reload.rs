//! Certificates that are replaced while clients connect.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use crate::attacked::{Attacked, NAME};
use crate::client::{request, send};
use crate::normal::Target;

const RELOADS: usize = 100;
const CLIENTS: usize = 16;

/// The minimum number of handshakes between two reloads.
const BETWEEN: usize = 20;

/// Makes one connection after another, with a request each. Returns the failures.
async fn client(target: Target, stop: Arc<AtomicBool>, whole: Arc<AtomicUsize>) -> Vec<String> {
    let mut failures = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let result = match target.is_http2 {
            true => http2(&target).await,
            false => http1(&target).await,
        };
        match result {
            Ok(()) => drop(whole.fetch_add(1, Ordering::Relaxed)),
            Err(error) => failures.push(error),
        }
    }
    failures
}

async fn http1(target: &Target) -> Result<(), String> {
    let mut stream = target.connect().await.map_err(|it| it.to_string())?;
    let response = send(&mut stream, &request("/")).await;
    let (status, body) = response.map_err(|it| it.to_string())?;
    assert_eq!((status, body.as_slice()), (200, &b"hello"[..]));
    Ok(())
}

async fn http2(target: &Target) -> Result<(), String> {
    let stream = target.connect().await.map_err(|it| it.to_string())?;
    let exchange = async {
        let (mut requests, connection) = h2::client::handshake(stream).await?;
        let connection = tokio::spawn(connection);
        let request = http::Request::get("http://a/").body(()).unwrap();
        let (response, _) = requests.send_request(request, true)?;
        assert_eq!(response.await?.status(), 200);
        connection.abort();
        Ok::<_, h2::Error>(())
    };
    exchange.await.map_err(|it| it.to_string())
}

/// Replaces a file as `certbot` does.
fn replace(server: &Attacked, name: &str) {
    let authority = &server.authority;
    let from = authority.path(&format!("b{name}"));
    std::fs::rename(from, authority.path(&format!("a{name}"))).unwrap();
}

/// Replaces the certificate, then its key, and returns the certificate. In between, the server tries to load the new
/// certificate with the old key.
fn reload(server: &mut Attacked) -> CertificateDer<'static> {
    let (chain, _) = server.authority.issue("b", &[NAME]);
    let certificate = certificate(&chain);
    replace(server, ".pem");
    server.program.signal("HUP");
    let error = server.program.wait_for("error ");
    assert!(error.contains("does not belong"), "{error}");
    replace(server, "-key.pem");
    server.program.signal("HUP");
    server.program.wait_for("reloaded");
    certificate
}

fn certificate(chain: &Path) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(chain).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes ten seconds"]
async fn no_handshake_fails() {
    let mut server = Attacked::start();
    let stop = Arc::new(AtomicBool::new(false));
    let whole = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let is_http2 = number % 2 == 0;
            let protocol = if is_http2 { "h2" } else { "http/1.1" };
            let target = Target {
                addr: server.tls,
                connector: Some(server.authority.client(None, &[protocol])),
                is_http2,
            };
            tokio::spawn(client(target, Arc::clone(&stop), Arc::clone(&whole)))
        })
        .collect();
    let checker = server.authority.client(None, &["http/1.1"]);
    for _ in 0..RELOADS {
        let until = whole.load(Ordering::Relaxed) + BETWEEN;
        while whole.load(Ordering::Relaxed) < until {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let expected = reload(&mut server);
        let stream = checker.connect(server.tls, NAME).await.unwrap();
        let current = stream.get_ref().1.peer_certificates().unwrap();
        assert_eq!(current[0], expected);
    }
    stop.store(true, Ordering::Relaxed);
    let mut failures = Vec::new();
    for client in clients {
        failures.extend(client.await.unwrap());
    }
    println!(
        "{RELOADS} reloads, {RELOADS} that failed: {} handshakes, {} failed",
        whole.load(Ordering::Relaxed),
        failures.len()
    );
    assert!(failures.is_empty(), "{failures:#?}");
}
