//! Full load for a long time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::sync::Barrier;

use crate::client::{Counts, request, send, upload};
use crate::proxy::{End, Fault, NONE, Proxy};
use crate::server::Running;

const CLIENTS: usize = 32;

/// The number of times that all clients send each request simultaneously at the beginning.
const ROUNDS: usize = 30;

/// Returns how long the test takes: `ONWARD_SOAK_SECONDS`, half an hour by default.
fn length() -> Duration {
    let seconds = std::env::var("ONWARD_SOAK_SECONDS");
    let seconds = seconds.map_or(1800, |it| it.parse().unwrap());
    Duration::from_secs(seconds)
}

/// Returns the resident memory of the server, in bytes.
fn memory(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|it| it.starts_with("VmRSS:")).unwrap();
    let kilobytes: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kilobytes * 1024.0
}

/// Returns requests of every kind.
fn requests() -> [Vec<u8>; 6] {
    [
        request("/"),
        request("/slow"),
        request("/large"),
        upload(100_000),
        request("/unknown"),
        b"GET / HTTP/9\r\n\r\n".to_vec(),
    ]
}

/// Sends the same request from all clients at the same time, on new connections. Otherwise, this would first happen by
/// chance during the test, and the memory would grow at that time.
async fn in_step(addr: SocketAddr, together: &Barrier, counts: &mut Counts) {
    for request in requests().iter().cycle().take(ROUNDS * 6) {
        let stream = TcpStream::connect(addr).await;
        together.wait().await;
        if let Ok(mut stream) = stream {
            counts.add(&send(&mut stream, request).await);
        }
    }
}

/// Sends the requests on one connection after another, a hundred on each.
async fn client(addr: SocketAddr, end: Instant, together: Arc<Barrier>) -> Counts {
    let requests = requests();
    let mut counts = Counts::default();
    in_step(addr, &together, &mut counts).await;
    while Instant::now() < end {
        let Ok(mut stream) = TcpStream::connect(addr).await else {
            continue;
        };
        for request in requests.iter().cycle().take(100) {
            let result = send(&mut stream, request).await;
            counts.add(&result);
            if result.is_err() || Instant::now() >= end {
                break;
            }
        }
    }
    counts
}

#[tokio::test]
#[ignore = "takes half an hour"]
async fn memory_and_descriptors_do_not_grow() {
    let length = length();
    let server = Running::start("");
    let before = server.counts().await;
    let end = Some((400_000, End::Reset));
    let proxy = Proxy::start(server.addr, Fault { end, ..NONE }).await;
    let ends = Instant::now() + length;
    let together = Arc::new(Barrier::new(CLIENTS));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            // A quarter of the clients connect through a proxy that resets their connections.
            let addr = if number % 4 == 0 {
                proxy.addr
            } else {
                server.addr
            };
            tokio::spawn(client(addr, ends, Arc::clone(&together)))
        })
        .collect();
    let warm = Duration::from_secs(60).min(length / 4);
    tokio::time::sleep(warm).await;
    let pid = server.program.id();
    let first = memory(pid);
    let mut sum = Counts::default();
    for client in clients {
        let counts = client.await.unwrap();
        sum.whole += counts.whole;
        sum.aborted += counts.aborted;
    }
    let last = memory(pid);
    println!(
        "{} s: {sum:?}, {:.2} MB after {} s, {:.2} MB at the end",
        length.as_secs(),
        first / 1e6,
        warm.as_secs(),
        last / 1e6
    );
    drop(proxy);
    server.returns_to(before).await;
    assert!(last <= first * 1.05, "{first} {last}");
}
