//! Networks that delay, throttle and lose data, and reset connections.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::net::TcpStream;

use crate::client::{Counts, request, send};
use crate::proxy::{End, Fault, NONE, Proxy};
use crate::server::{LARGE, Running};

/// Sends ten requests from each of this many clients through a proxy.
async fn requests(server: &Running, fault: Fault, path: &str, clients: usize) -> Counts {
    let before = server.counts().await;
    let proxy = Proxy::start(server.addr, fault).await;
    let begun = Instant::now();
    let ask = (0..clients).map(|_| async {
        let mut counts = Counts::default();
        let mut stream = None;
        for _ in 0..10 {
            if stream.is_none() {
                stream = TcpStream::connect(proxy.addr).await.ok();
            }
            let Some(open) = &mut stream else {
                continue;
            };
            let result = send(open, &request(path)).await;
            counts.add(&result);
            match result {
                Ok((status, body)) => {
                    assert_eq!(status, 200);
                    assert!(
                        path != "/large"
                            || body.len() == LARGE && body.iter().all(|it| *it == b'x')
                    );
                }
                Err(_) => stream = None,
            }
        }
        counts
    });
    let all = join_all(ask).await.into_iter();
    let counts = all.fold(Counts::default(), |sum, it| Counts {
        whole: sum.whole + it.whole,
        aborted: sum.aborted + it.aborted,
    });
    println!(
        "{path}, {fault:?}: {counts:?} in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    drop(proxy);
    server.returns_to(before).await;
    counts
}

#[tokio::test]
#[ignore = "takes half a minute"]
async fn that_delay_throttle_and_lose() {
    let server = Running::start("");
    let delay = Fault {
        delay: Duration::from_millis(50),
        ..NONE
    };
    // A response must arrive within the keep-alive timeout, which begins when the operating system has all of it.
    let throttle = Fault {
        part: 32 * 1024,
        delay: Duration::from_millis(5),
        ..NONE
    };
    let bytes = Fault { part: 1, ..NONE };
    let loss = Fault {
        part: 1460,
        loss: Duration::from_millis(200),
        ..NONE
    };
    let cases = [
        (delay, "/slow", 50),
        (throttle, "/large", 10),
        (bytes, "/", 50),
        (loss, "/slow", 50),
    ];
    for (fault, path, clients) in cases {
        let counts = requests(&server, fault, path, clients).await;
        assert_eq!((counts.whole, counts.aborted), (10 * clients, 0));
    }
}

#[tokio::test]
#[ignore = "takes half a minute"]
async fn that_reset() {
    let server = Running::start("");
    for bytes in [0, 50, 300_000] {
        let end = Some((bytes, End::Reset));
        let counts = requests(&server, Fault { end, ..NONE }, "/large", 50).await;
        assert_eq!((counts.whole, counts.aborted), (0, 500));
    }
    // Several small responses pass before the reset.
    let end = Some((1000, End::Reset));
    let counts = requests(&server, Fault { end, ..NONE }, "/", 50).await;
    assert!(
        counts.whole > counts.aborted && counts.aborted > 0,
        "{counts:?}"
    );
}
