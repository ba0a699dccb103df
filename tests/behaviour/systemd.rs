//! Sockets that the service manager passed.

use std::io;
use std::net::TcpListener;
use std::os::unix::net::UnixListener;

use onward::http::{Server, Systemd};
use onward::prelude::*;

use crate::child::Program;

fn hello() -> Server {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let handle = server.clone();
    server.on(event::Listening, move |at| {
        println!("listening on {at}");
        handle.close();
    });
    server
}

/// Passes the socket on, as descriptor 3 of a process that is told so.
const PASS: &str = "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=web;";

#[tokio::test]
#[ignore = "a program that other tests run"]
async fn first_socket() {
    hello().listen(Systemd::socket()).await.unwrap();
    let error = hello().listen(Systemd::socket()).await.unwrap_err();
    println!("again: {error}");
}

#[tokio::test]
#[ignore = "a program that other tests run"]
async fn named_socket() {
    let error = hello().listen(Systemd::named("admin")).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    println!("admin: {error}");
    hello().listen(Systemd::named("web")).await.unwrap();
}

#[test]
#[ignore = "a program that other tests run"]
fn socket_on_threads() {
    hello().threads(2).run(Systemd::socket()).unwrap();
    println!("ended");
}

#[tokio::test]
#[ignore = "a program that other tests run"]
async fn no_socket() {
    let error = hello().listen(Systemd::socket()).await.unwrap_err();
    println!("none: {error}");
}

#[test]
fn a_tcp_socket_is_taken_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let mut program = Program::start(PASS, "systemd::first_socket", Some(listener.into()));
    assert_eq!(program.says("listening on "), format!("http://{addr}"));
    assert_eq!(
        program.says("again: "),
        "all sockets that systemd passed are taken"
    );
    assert!(program.wait().success());
}

#[test]
fn a_unix_socket_is_found_by_its_name() {
    let path = std::env::temp_dir().join(format!("onward-passed-{}.sock", std::process::id()));
    let listener = UnixListener::bind(&path).unwrap();
    let mut program = Program::start(PASS, "systemd::named_socket", Some(listener.into()));
    assert_eq!(
        program.says("admin: "),
        "systemd passed no socket `admin` that is not taken; there is `web`"
    );
    assert_eq!(
        program.says("listening on "),
        format!("unix:{}", path.display())
    );
    assert!(program.wait().success());
    // It is not the server's to remove.
    std::fs::remove_file(path).unwrap();
}

#[test]
fn it_is_shared_by_the_threads_of_a_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let mut program = Program::start(PASS, "systemd::socket_on_threads", Some(listener.into()));
    assert_eq!(program.says("listening on "), format!("http://{addr}"));
    program.says("ended");
    assert!(program.wait().success());
}

#[test]
fn sockets_for_another_process_are_none() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let others = PASS.replace("$$", "1");
    let mut program = Program::start(&others, "systemd::no_socket", Some(listener.into()));
    assert_eq!(
        program.says("none: "),
        "systemd passed no socket to this process"
    );
    assert!(program.wait().success());
}

#[test]
fn a_socket_that_does_not_listen_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let mut program = Program::start(PASS, "systemd::no_socket", Some(stream.into()));
    assert_eq!(
        program.says("none: "),
        "systemd passed a socket that does not listen: its unit needs `Accept=no`"
    );
    assert!(program.wait().success());
}
