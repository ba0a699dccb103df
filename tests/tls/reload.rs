//! Certificates that are replaced while the server runs.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc::unbounded_channel;

use crate::{Served, Site, soon};

/// Returns the certificate that a new connection gets.
async fn current(site: &Site, served: &Served) -> Vec<u8> {
    let client = site.authority.client(None, &[]);
    let stream = client.connect(served.addr, "a.example").await.unwrap();
    stream.get_ref().1.peer_certificates().unwrap()[0].to_vec()
}

fn reloads(served: &Served) -> tokio::sync::mpsc::UnboundedReceiver<Result<(), String>> {
    let (sender, receiver) = unbounded_channel();
    let errors = sender.clone();
    served
        .server
        .on(event::TlsReload, move |()| drop(sender.send(Ok(()))));
    served.server.on(event::Error, move |error| {
        drop(errors.send(Err(error.to_string())));
    });
    receiver
}

#[tokio::test]
async fn a_reload_applies_to_new_connections_and_keeps_open_ones() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let mut reloads = reloads(&served);
    let before = current(&site, &served).await;
    let client = site.authority.client(None, &[]);
    let mut open = client.connect(served.addr, "a.example").await.unwrap();
    site.authority.issue("a", &["a.example"]);
    served.server.reload_tls().unwrap();
    assert_eq!(reloads.recv().await.unwrap(), Ok(()));
    assert_ne!(current(&site, &served).await, before);
    crate::exchange(&mut open).await.unwrap();
}

#[tokio::test]
async fn a_failed_reload_keeps_the_previous_certificate() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let mut reloads = reloads(&served);
    let before = current(&site, &served).await;
    std::fs::write(site.authority.path("a.pem"), "").unwrap();
    let error = served.server.reload_tls().unwrap_err();
    assert!(error.to_string().ends_with("contains no certificate"));
    let report = reloads.recv().await.unwrap().unwrap_err();
    assert!(report.contains("the previous ones stay in use"), "{report}");
    assert!(
        report.contains("a.pem` contains no certificate"),
        "{report}"
    );
    assert_eq!(current(&site, &served).await, before);
}

#[tokio::test]
async fn a_changed_file_is_loaded() {
    let site = Site::new();
    let tls = site.tls.clone().reload_every(Duration::from_millis(20));
    let served = site.serve(tls);
    let mut reloads = reloads(&served);
    let before = current(&site, &served).await;
    // The modification time of a file may have a coarse resolution.
    tokio::time::sleep(Duration::from_millis(50)).await;
    site.authority.issue("a", &["a.example"]);
    assert_eq!(soon("a reload", reloads.recv()).await.unwrap(), Ok(()));
    assert_ne!(current(&site, &served).await, before);
}

#[tokio::test]
async fn a_file_that_changes_before_the_server_listens_is_loaded() {
    let site = Site::new();
    let tls = site.tls.clone().reload_every(Duration::from_millis(20));
    // The modification time of a file may have a coarse resolution.
    tokio::time::sleep(Duration::from_millis(50)).await;
    site.authority.issue("a", &["a.example"]);
    let served = site.serve(tls);
    let mut reloads = reloads(&served);
    assert_eq!(soon("a reload", reloads.recv()).await.unwrap(), Ok(()));
}

#[cfg(unix)]
#[tokio::test]
async fn sighup_reloads() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let mut reloads = reloads(&served);
    // The signal handler is installed before a connection is accepted.
    let before = current(&site, &served).await;
    site.authority.issue("a", &["a.example"]);
    let hangup = format!("kill -HUP {}", std::process::id());
    let sent = std::process::Command::new("sh")
        .arg("-c")
        .arg(hangup)
        .status();
    assert!(sent.unwrap().success());
    assert_eq!(soon("a reload", reloads.recv()).await.unwrap(), Ok(()));
    assert_ne!(current(&site, &served).await, before);
}

/// Replaces a file as `certbot` does.
fn replace(path: &Path, text: &str) {
    let temporary = path.with_extension("new");
    std::fs::write(&temporary, text).unwrap();
    std::fs::rename(temporary, path).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_handshake_fails_during_100_reloads() {
    let site = Arc::new(Site::new());
    let served = site.serve(site.tls.clone());
    let (stop, handshakes) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let clients: Vec<_> = (0..4)
        .map(|_| {
            let (site, stop, handshakes) = (site.clone(), stop.clone(), handshakes.clone());
            let addr = served.addr;
            tokio::spawn(async move {
                let client = site.authority.client(None, &[]);
                while !stop.load(Ordering::Relaxed) {
                    let mut stream = client.connect(addr, "a.example").await.unwrap();
                    stream.write_all(crate::REQUEST).await.unwrap();
                    let mut response = String::new();
                    stream.read_to_string(&mut response).await.unwrap();
                    assert!(response.starts_with("HTTP/1.1 200 OK"));
                    handshakes.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let pairs: Vec<_> = (0..2)
        .map(|_| {
            let (chain, key) = site.authority.issue("b", &["a.example"]);
            let read = |path| std::fs::read_to_string(path).unwrap();
            (read(chain), read(key))
        })
        .collect();
    for round in 0..100 {
        let (chain, key) = &pairs[round % 2];
        replace(&site.authority.path("a.pem"), chain);
        replace(&site.authority.path("a-key.pem"), key);
        served.server.reload_tls().unwrap();
        let until = handshakes.load(Ordering::Relaxed) + 2;
        while handshakes.load(Ordering::Relaxed) < until {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
}
