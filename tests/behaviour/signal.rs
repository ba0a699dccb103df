//! Signals that close a server.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::child::Program;
use crate::client::get;

/// A time longer than any test is expected to wait.
const LONG: Duration = Duration::from_secs(600);

/// Creates a server that responds to `/` immediately, and never responds to `/never`.
fn server(deadline: Duration) -> Server {
    let server = http::create_server(|req, res| async move {
        if req.url == "/never" {
            println!("waiting");
            std::future::pending::<()>().await;
        }
        res.send("hello")
    });
    server.on(event::Listening, |at| {
        println!("listening on {}", at.socket_addr().unwrap())
    });
    server.on(event::Close, |_| println!("closed"));
    server.close_on_signal(deadline)
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn patient() {
    server(LONG).listen("127.0.0.1:0").await.unwrap();
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn impatient() {
    server(Duration::from_millis(50))
        .listen("127.0.0.1:0")
        .await
        .unwrap();
}

#[test]
#[ignore = "a program that other tests start"]
fn on_threads() {
    server(Duration::from_millis(50))
        .threads(3)
        .run("127.0.0.1:0")
        .unwrap();
}

fn start(test: &str) -> (Program, TcpStream) {
    let mut program = Program::start("", test, None);
    let addr: SocketAddr = program.wait_for("listening on ").parse().unwrap();
    (program, TcpStream::connect(addr).unwrap())
}

fn ends(mut program: Program) {
    program.wait_for("closed");
    assert!(program.wait().success());
}

fn rest(mut stream: TcpStream) -> String {
    let mut rest = String::new();
    // A reset also ends the connection.
    let _ = stream.read_to_string(&mut rest);
    rest
}

#[test]
fn sigterm_and_ctrl_c_close_a_server() {
    for name in ["TERM", "INT"] {
        let (program, mut stream) = start("signal::patient");
        stream.write_all(get("/").as_bytes()).unwrap();
        let mut begin = [0; 15];
        stream.read_exact(&mut begin).unwrap();
        assert_eq!(&begin, b"HTTP/1.1 200 OK");
        program.signal(name);
        ends(program);
        assert!(rest(stream).ends_with("hello"));
    }
}

#[test]
fn remaining_connections_are_closed_at_the_deadline() {
    for test in ["signal::impatient", "signal::on_threads"] {
        let (mut program, mut stream) = start(test);
        stream.write_all(get("/never").as_bytes()).unwrap();
        program.wait_for("waiting");
        program.signal("TERM");
        ends(program);
        assert_eq!(rest(stream), "");
    }
}

#[test]
fn a_second_signal_closes_connections_at_once() {
    let (mut program, mut stream) = start("signal::patient");
    stream.write_all(get("/never").as_bytes()).unwrap();
    program.wait_for("waiting");
    program.signal("TERM");
    // The second signal is sent repeatedly until the connection ends, because two signals in quick succession may be
    // delivered as one signal.
    loop {
        let mut byte = [0];
        stream
            .set_read_timeout(Some(Duration::from_millis(50)))
            .unwrap();
        match stream.read(&mut byte) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => program.signal("INT"),
            _ => break,
        }
    }
    ends(program);
}
