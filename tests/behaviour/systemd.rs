//! Sockets that systemd passed to the process.

use std::io;
use std::net::TcpListener;
use std::os::unix::net::UnixListener;

use onward::http;
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

/// A shell command that passes the socket as descriptor 3, with the variables that announce it.
const PASS: &str = "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=web;";

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn first_socket() {
    hello().listen(Systemd::socket()).await.unwrap();
    let error = hello().listen(Systemd::socket()).await.unwrap_err();
    println!("again: {error}");
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn named_socket() {
    let error = hello().listen(Systemd::named("admin")).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    println!("admin: {error}");
    hello().listen(Systemd::named("web")).await.unwrap();
}

#[test]
#[ignore = "a program that other tests start"]
fn socket_on_threads() {
    hello().threads(2).run(Systemd::socket()).unwrap();
    println!("ended");
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn no_socket() {
    let error = hello().listen(Systemd::socket()).await.unwrap_err();
    println!("none: {error}");
}

#[test]
fn a_tcp_socket_can_be_used_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let mut program = Program::start(PASS, "systemd::first_socket", Some(listener.into()));
    assert_eq!(program.wait_for("listening on "), format!("http://{addr}"));
    assert_eq!(
        program.wait_for("again: "),
        "all sockets that systemd passed are in use"
    );
    assert!(program.wait().success());
}

#[test]
fn a_unix_socket_is_found_by_its_name() {
    let path = std::env::temp_dir().join(format!("onward-passed-{}.sock", std::process::id()));
    let listener = UnixListener::bind(&path).unwrap();
    let mut program = Program::start(PASS, "systemd::named_socket", Some(listener.into()));
    assert_eq!(
        program.wait_for("admin: "),
        "systemd passed no unused socket named `admin`; unused: `web`"
    );
    assert_eq!(
        program.wait_for("listening on "),
        format!("unix:{}", path.display())
    );
    assert!(program.wait().success());
    // The server does not remove the file: systemd created it.
    std::fs::remove_file(path).unwrap();
}

#[test]
fn the_threads_of_a_server_share_a_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let mut program = Program::start(PASS, "systemd::socket_on_threads", Some(listener.into()));
    assert_eq!(program.wait_for("listening on "), format!("http://{addr}"));
    program.wait_for("ended");
    assert!(program.wait().success());
}

#[test]
fn sockets_for_another_process_are_ignored() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let others = PASS.replace("$$", "1");
    let mut program = Program::start(&others, "systemd::no_socket", Some(listener.into()));
    assert_eq!(
        program.wait_for("none: "),
        "systemd passed no sockets to this process"
    );
    assert!(program.wait().success());
}

#[test]
fn a_socket_that_does_not_listen_is_rejected() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let mut program = Program::start(PASS, "systemd::no_socket", Some(stream.into()));
    assert_eq!(
        program.wait_for("none: "),
        "systemd passed a socket that does not listen; use `Accept=no` in its unit"
    );
    assert!(program.wait().success());
}
