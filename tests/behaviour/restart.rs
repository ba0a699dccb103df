//! Restarting a server while clients send requests.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use onward::http;
use onward::http::Server;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::client::{Wire, get, soon};

const CLIENTS: usize = 8;
const RESTARTS: usize = 20;

fn server() -> Server {
    http::create_server(|req, res| async move { res.send(req.url.to_string()) })
}

/// Sends requests on one connection after another until `stop` is set, and never retries. Returns how many responses
/// had `connection: close`.
async fn send_requests(
    addr: SocketAddr,
    requests: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    progress: Arc<Notify>,
) -> usize {
    let mut last_ones = 0;
    let mut connections = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut wire = Wire::new(TcpStream::connect(addr).await.unwrap());
        connections += 1;
        // Every second connection has only one request.
        let limit = if connections % 2 == 0 { 1 } else { usize::MAX };
        for _ in 0..limit {
            let number = requests.fetch_add(1, Ordering::Relaxed);
            let url = format!("/{number}");
            wire.send(get(&url)).await;
            let response = wire.response().await;
            assert_eq!(response.text(), url);
            progress.notify_one();
            if response.header("connection") == Some("close") {
                last_ones += 1;
                assert!(wire.rest().await.is_empty());
                break;
            }
            if stop.load(Ordering::Relaxed) {
                break;
            }
        }
    }
    last_ones
}

async fn restarted(requests: usize) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let (sent, stop) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let progress = Arc::new(Notify::new());
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(send_requests(
            addr,
            Arc::clone(&sent),
            Arc::clone(&stop),
            Arc::clone(&progress),
        ));
    }
    for restart in 1..=RESTARTS + 1 {
        let server = server();
        let listening = tokio::spawn(server.clone().listen(listener.try_clone().unwrap()));
        while sent.load(Ordering::Relaxed) < requests * restart / (RESTARTS + 1) {
            soon("a request", progress.notified()).await;
        }
        if restart > RESTARTS {
            stop.store(true, Ordering::Relaxed);
            while let Some(last_ones) = soon("the clients", clients.join_next()).await {
                // An active client is notified with `connection: close`.
                assert_ne!(last_ones.unwrap(), 0);
            }
        }
        server.close();
        soon("the end of the server", listening)
            .await
            .unwrap()
            .unwrap();
    }
    assert!(sent.load(Ordering::Relaxed) >= requests);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_lost_during_a_restart() {
    restarted(5_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a while"]
async fn no_request_of_100_000_is_lost_during_20_restarts() {
    restarted(100_000).await;
}
