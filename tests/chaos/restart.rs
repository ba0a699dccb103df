//! A server that is killed while it has requests.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::TcpStream;

use crate::client::{Counts, request, send};
use crate::server::Running;

/// Sends requests, one after another, until it is stopped. Reconnects if the connection ends.
async fn client(addr: std::net::SocketAddr, stop: Arc<AtomicBool>) -> Counts {
    let mut counts = Counts::default();
    let mut stream = None;
    while !stop.load(Ordering::Relaxed) {
        if stream.is_none() {
            stream = Some(TcpStream::connect(addr).await.unwrap());
        }
        let Some(open) = &mut stream else { continue };
        let result = send(open, &request("/slow")).await;
        counts.add(&result);
        match result {
            Ok((status, body)) => assert_eq!((status, body.as_slice()), (200, &b"slow"[..])),
            Err(_) => stream = None,
        }
    }
    counts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half a minute"]
async fn by_kill() {
    const KILLS: usize = 20;
    const CLIENTS: usize = 50;
    // The socket stays open, like that of a systemd socket unit.
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = socket.local_addr().unwrap();
    let mut server = Running::start_with(socket.try_clone().unwrap().into());
    let before = server.counts().await;
    let stop = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| tokio::spawn(client(addr, Arc::clone(&stop))))
        .collect();
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.program.signal("KILL");
        server.program.wait();
        server = Running::start_with(socket.try_clone().unwrap().into());
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.store(true, Ordering::Relaxed);
    let mut sum = Counts::default();
    for client in clients {
        let counts = client.await.unwrap();
        sum.whole += counts.whole;
        sum.aborted += counts.aborted;
    }
    println!("{KILLS} times killed, {CLIENTS} clients: {sum:?}, none hung");
    // Each client has at most one request at a time.
    assert!(sum.whole > 0 && sum.aborted <= KILLS * CLIENTS, "{sum:?}");
    server.returns_to(before).await;
}
