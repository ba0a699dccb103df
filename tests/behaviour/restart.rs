//! A server that is restarted while its clients go on.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use onward::http::Server;
use onward::prelude::*;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::client::{Wire, get, soon};

const CLIENTS: usize = 8;
const RESTARTS: usize = 20;

fn server() -> Server {
    http::create_server(|req, res| async move { res.send(req.url.to_string()) })
}

/// Asks on one connection after another, each for as long as the server lets it, until told to stop; never again after
/// a failure. How many answers said `connection: close`.
async fn keeps_asking(
    addr: SocketAddr,
    asked: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    often: Arc<Notify>,
) -> usize {
    let mut last_ones = 0;
    let mut connections = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut wire = Wire::new(TcpStream::connect(addr).await.unwrap());
        connections += 1;
        // Every other one brings but one request.
        let most = if connections % 2 == 0 { 1 } else { usize::MAX };
        for _ in 0..most {
            let number = asked.fetch_add(1, Ordering::Relaxed);
            let url = format!("/{number}");
            wire.send(get(&url)).await;
            let answer = wire.answer().await;
            assert_eq!(answer.text(), url);
            often.notify_one();
            if answer.header("connection") == Some("close") {
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
    let (asked, stop) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let often = Arc::new(Notify::new());
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(keeps_asking(
            addr,
            Arc::clone(&asked),
            Arc::clone(&stop),
            Arc::clone(&often),
        ));
    }
    for restart in 1..=RESTARTS + 1 {
        let server = server();
        let listening = tokio::spawn(server.clone().listen(listener.try_clone().unwrap()));
        while asked.load(Ordering::Relaxed) < requests * restart / (RESTARTS + 1) {
            soon("a request", often.notified()).await;
        }
        if restart > RESTARTS {
            stop.store(true, Ordering::Relaxed);
            while let Some(last_ones) = soon("the clients", clients.join_next()).await {
                // Who keeps asking is told when to go elsewhere.
                assert_ne!(last_ones.unwrap(), 0);
            }
        }
        server.close();
        soon("the end of the server", listening)
            .await
            .unwrap()
            .unwrap();
    }
    assert!(asked.load(Ordering::Relaxed) >= requests);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_lost_by_a_restart() {
    restarted(5_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a while"]
async fn no_request_of_100_000_is_lost_by_20_restarts() {
    restarted(100_000).await;
}
