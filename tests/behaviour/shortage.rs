//! Running out of file descriptors.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use onward::http;
use onward::prelude::*;

use crate::child::Program;
use crate::client::get;

#[tokio::test]
#[ignore = "a program that another test starts"]
async fn program() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    server.on(event::Listening, |at| {
        println!("listening on {}", at.socket_addr().unwrap())
    });
    server.on(event::Error, |error| println!("error {error}"));
    server.listen("127.0.0.1:0").await.unwrap();
}

fn ask(stream: &mut TcpStream) {
    stream.write_all(get("/").as_bytes()).unwrap();
    let mut response = Vec::new();
    while !response.ends_with(b"hello") {
        let mut byte = [0];
        assert_ne!(
            stream.read(&mut byte).unwrap(),
            0,
            "the connection is closed"
        );
        response.push(byte[0]);
    }
}

#[test]
fn a_server_recovers_from_too_many_open_files() {
    const FILES: usize = 40;
    let before = format!("ulimit -n {FILES};");
    let mut program = Program::start(&before, "shortage::program", None);
    let addr: SocketAddr = program.wait_for("listening on ").parse().unwrap();
    let connect = || TcpStream::connect(addr).unwrap();
    // The second shortage is reported again, since the first one ended.
    for _ in 0..2 {
        let streams: Vec<_> = std::iter::repeat_with(connect).take(2 * FILES).collect();
        let message = program.wait_for("error ");
        let begin =
            "503 Service Unavailable: a connection could not be accepted: Too many open files";
        assert!(message.starts_with(begin), "{message}");
        // Each connection that closes makes room for one connection from the queue.
        for mut stream in streams {
            ask(&mut stream);
        }
    }
}
