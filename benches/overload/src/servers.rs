//! The servers, each with the same handler.

use std::io;
use std::time::Duration;

use measure::busy;
use onward::http;

const WORK: Duration = Duration::from_millis(2);

/// Computes for 2 ms of processor time.
fn work() -> &'static str {
    let end = busy() + WORK;
    while busy() < end {
        std::hint::spin_loop();
    }
    "done"
}

#[tokio::main]
pub(crate) async fn serve(name: &str) -> io::Result<()> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    println!("{}", listener.local_addr()?);
    let server = http::create_server(|_req, res| async move { res.send(work()) }).backlog(4096);
    let shed = Duration::from_millis(20);
    match name {
        "onward" => server.listen(listener).await,
        "onward-shed" => server.shed_latency(shed).listen(listener).await,
        "onward-queue" => {
            let server = server.shed_latency(shed).max_concurrent_requests(1);
            server.max_queued_requests(10_000).listen(listener).await
        }
        "axum" => {
            let app = axum::Router::new().route("/", axum::routing::get(|| async { work() }));
            axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
        }
        _ => Err(io::Error::other("no such server")),
    }
}
