//! Processes that replace one another on one listening socket, while clients send requests.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use onward::http::{self, Systemd};
use onward::prelude::*;

use crate::child::Program;

/// A shell command that passes the socket as descriptor 3, with the variables that announce it.
const PASS: &str = "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1;";

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn server() {
    let server = http::create_server(|req, res| async move { res.send(req.url.to_string()) })
        .close_on_signal(Duration::from_secs(30));
    server.on(event::Listening, |_| println!("listening"));
    server.listen(Systemd::socket()).await.unwrap();
}

/// Sends a request and reads its response. Returns whether the response is the last one on the connection.
fn request(stream: &mut TcpStream, url: &str) -> bool {
    let request = format!("GET {url} HTTP/1.1\r\nhost: a\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = Vec::new();
    let mut part = [0; 1024];
    while !response.ends_with(url.as_bytes()) {
        let len = stream.read(&mut part).unwrap();
        assert_ne!(len, 0, "the connection ended without a response");
        response.extend_from_slice(&part[..len]);
    }
    let response = String::from_utf8(response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
    response.contains("connection: close")
}

/// Sends requests, on one connection after another, and never retries.
fn send_requests(addr: SocketAddr, stop: &AtomicBool, sent: &AtomicUsize) {
    let mut connections = 0;
    while !stop.load(Ordering::Relaxed) {
        connections += 1;
        let mut stream = TcpStream::connect(addr).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        // Every second connection has only one request.
        let limit = if connections % 2 == 0 { 1 } else { 1000 };
        for _ in 0..limit {
            let number = sent.fetch_add(1, Ordering::Relaxed);
            let is_last = request(&mut stream, &format!("/request/{number}."));
            if is_last || stop.load(Ordering::Relaxed) {
                break;
            }
        }
    }
}

fn replaced(times: usize) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let start = || {
        let socket = listener.try_clone().unwrap();
        let mut program = Program::start(PASS, "replace::server", Some(socket.into()));
        program.wait_for("listening");
        program
    };
    let (stop, sent) = (AtomicBool::new(false), AtomicUsize::new(0));
    // This process currently serves the clients.
    let mut program = start();
    std::thread::scope(|scope| {
        let _stopping = SetOnDrop(&stop);
        for _ in 0..4 {
            scope.spawn(|| send_requests(addr, &stop, &sent));
        }
        for _ in 0..times {
            let next = start();
            program.signal("TERM");
            assert!(program.wait().success());
            program = next;
        }
    });
    drop(program);
    println!("{times} restarts, {} requests, 0 failed", sent.into_inner());
}

/// A guard that ends the clients, even if the test fails.
struct SetOnDrop<'a>(&'a AtomicBool);

impl Drop for SetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn no_request_is_lost_when_a_process_replaces_another() {
    replaced(3);
}

#[test]
#[ignore = "takes a while"]
fn no_request_is_lost_during_100_replacements() {
    replaced(100);
}
