//! A system that has nothing left to give.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use onward::prelude::*;

use crate::child::Program;
use crate::client::get;

#[tokio::test]
#[ignore = "a program that another test runs"]
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
    let mut answer = Vec::new();
    while !answer.ends_with(b"hello") {
        let mut byte = [0];
        assert_ne!(stream.read(&mut byte).unwrap(), 0, "the connection is cut");
        answer.push(byte[0]);
    }
}

#[test]
fn too_many_open_files_are_waited_out() {
    const FILES: usize = 40;
    let before = format!("ulimit -n {FILES};");
    let mut program = Program::start(&before, "shortage::program", None);
    let addr: SocketAddr = program.says("listening on ").parse().unwrap();
    let connect = || TcpStream::connect(addr).unwrap();
    // The second time it is told again, since it had ended in between.
    for _ in 0..2 {
        let streams: Vec<_> = std::iter::repeat_with(connect).take(2 * FILES).collect();
        let told = program.says("error ");
        let begin =
            "503 Service Unavailable: a connection could not be accepted: Too many open files";
        assert!(told.starts_with(begin), "{told}");
        // Each that goes lets in one that waits.
        for mut stream in streams {
            ask(&mut stream);
        }
    }
}
