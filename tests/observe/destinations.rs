//! Destinations that are slow, fail or panic: requests never wait for them.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use onward::http;
use onward::http::Server;
use onward::observe::AccessLog;
use tokio::sync::mpsc;

use crate::client::get;
use crate::served::{serve, soon};

fn server(log: &AccessLog) -> Server {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    log.observe(&server);
    server
}

/// A destination that waits until a test opens it.
#[derive(Clone, Default)]
struct Blocked(Arc<(Mutex<BlockedState>, Condvar)>);

#[derive(Default)]
struct BlockedState {
    is_open: bool,
    text: Vec<u8>,
}

impl Blocked {
    fn open(&self) {
        self.0.0.lock().unwrap().is_open = true;
        self.0.1.notify_all();
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.0.lock().unwrap().text.clone()).unwrap()
    }
}

impl Write for Blocked {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let state = self.0.0.lock().unwrap();
        let mut state = self.0.1.wait_while(state, |state| !state.is_open).unwrap();
        state.text.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn requests_do_not_wait_for_a_slow_destination() {
    let destination = Blocked::default();
    let log = AccessLog::common().write_to(destination.clone());
    let served = serve(server(&log));
    // More than the log keeps: 300 lines of 8 KiB.
    let path = format!("/{}", "a".repeat(8 * 1024));
    for _ in 0..300 {
        let response = get(served.addr, &path).await;
        assert!(response.ends_with("hello"));
    }
    served.server.close();
    served.closed().await;
    let lost = log.lost_lines();
    assert!((100..250).contains(&lost), "{lost}");
    destination.open();
    drop(log);
    let text = destination.text();
    assert_eq!(text.lines().count() as u64, 300 - lost);
    assert!(text.lines().all(|line| line.ends_with(" HTTP/1.1\" 200 5")));
}

#[tokio::test]
async fn dropping_a_log_does_not_wait_for_long() {
    let destination = Blocked::default();
    let log = AccessLog::common().write_to(destination.clone());
    let served = serve(server(&log));
    get(served.addr, "/").await;
    served.server.close();
    served.closed().await;
    let start = std::time::Instant::now();
    drop(log);
    assert!(start.elapsed().as_secs() < 10);
    destination.open();
}

#[tokio::test]
async fn the_last_lines_are_written_before_the_log_is_dropped() {
    let destination = Blocked::default();
    destination.open();
    let log = AccessLog::common().write_to(destination.clone());
    let served = serve(server(&log));
    for _ in 0..100 {
        get(served.addr, "/").await;
    }
    served.server.close();
    served.closed().await;
    drop(log);
    assert_eq!(destination.text().lines().count(), 100);
}

/// The ways in which a destination fails.
#[derive(Clone, Copy)]
enum Failure {
    Error,
    Panic,
}

/// A destination that fails until a test repairs it.
struct Failing {
    failure: Failure,
    is_repaired: Arc<AtomicBool>,
    /// Receives the bytes of each call of `write`.
    calls: mpsc::UnboundedSender<Vec<u8>>,
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls.send(bytes.to_vec()).unwrap();
        match (self.is_repaired.load(Ordering::SeqCst), self.failure) {
            (true, _) => Ok(bytes.len()),
            (false, Failure::Error) => Err(io::Error::other("disk full")),
            (false, Failure::Panic) => panic!("on purpose"),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn a_destination_gets_lines_again_after_a_failure(failure: Failure) {
    let (calls, mut written) = mpsc::unbounded_channel();
    let is_repaired = Arc::new(AtomicBool::new(false));
    let log = AccessLog::common().write_to(Failing {
        failure,
        is_repaired: Arc::clone(&is_repaired),
        calls,
    });
    let served = serve(server(&log));
    for _ in 0..3 {
        assert!(get(served.addr, "/lost").await.ends_with("hello"));
        soon("a call", written.recv()).await.unwrap();
    }
    is_repaired.store(true, Ordering::SeqCst);
    assert!(get(served.addr, "/kept").await.ends_with("hello"));
    let line = soon("a call", written.recv()).await.unwrap();
    assert!(str::from_utf8(&line).unwrap().contains("GET /kept"));
    assert_eq!(log.lost_lines(), 3);
}

#[tokio::test]
async fn a_destination_that_fails_loses_only_its_lines() {
    a_destination_gets_lines_again_after_a_failure(Failure::Error).await;
}

#[tokio::test]
async fn a_destination_that_panics_loses_only_its_lines() {
    a_destination_gets_lines_again_after_a_failure(Failure::Panic).await;
}
