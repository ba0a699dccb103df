//! A server on threads of its own.

use std::collections::HashSet;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use onward::http::{Listen, Server};
use onward::prelude::*;

/// Answers with the name of its thread.
fn threads() -> Server {
    http::create_server(|_req, res| async move {
        let name = thread::current().name().map(str::to_owned);
        res.send(name)
    })
}

/// A server that runs, and where it does.
fn run(server: &Server, at: impl Listen + 'static) -> (SocketAddr, JoinHandle<io::Result<()>>) {
    let (tell, told) = mpsc::channel();
    server.on(event::Listening, move |at| {
        tell.send(at.socket_addr().unwrap()).unwrap()
    });
    let running = server.clone();
    let running = thread::spawn(move || running.run(at));
    let addr = told.recv().unwrap();
    assert_eq!(server.local_addr(), Some(addr));
    (addr, running)
}

fn ask(addr: SocketAddr) -> String {
    let mut answer = ureq::get(format!("http://{addr}/")).call().unwrap();
    answer.body_mut().read_to_string().unwrap()
}

#[test]
fn every_thread_serves_and_closing_ends_them_all() {
    for bound_before in [false, true] {
        let server = threads().threads(3);
        let closed = Arc::new(Mutex::new(0));
        let tell = Arc::clone(&closed);
        server.on(event::Close, move |_| *tell.lock().unwrap() += 1);
        let (addr, running) = match bound_before {
            true => run(&server, TcpListener::bind("127.0.0.1:0").unwrap()),
            false => run(&server, "127.0.0.1:0"),
        };
        let mut names = HashSet::new();
        // Who accepts is the system's choice.
        while names.len() < if bound_before { 1 } else { 3 } {
            names.insert(ask(addr));
        }
        assert!(
            names.iter().all(|name| name.starts_with("onward-")),
            "{names:?}"
        );
        server.close();
        running.join().unwrap().unwrap();
        assert_eq!(*closed.lock().unwrap(), 1);
        assert_eq!(server.address(), None);
        std::net::TcpStream::connect(addr).unwrap_err();
    }
}

#[test]
fn a_connection_stays_on_its_thread() {
    let server = threads().threads(2);
    let (addr, running) = run(&server, "127.0.0.1:0");
    let agent = ureq::agent();
    let names: HashSet<_> = (0..20)
        .map(|_| {
            let mut answer = agent.get(format!("http://{addr}/")).call().unwrap();
            answer.body_mut().read_to_string().unwrap()
        })
        .collect();
    assert_eq!(names.len(), 1);
    server.close();
    running.join().unwrap().unwrap();
}

#[test]
fn a_port_that_is_taken_is_an_error_also_where_ports_are_shared() {
    let first = threads().threads(2);
    let (addr, running) = run(&first, "127.0.0.1:0");
    let error = threads().threads(2).run(addr).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let error = first.clone().run(addr).unwrap_err();
    assert_eq!(error.to_string(), "the server is listening already");
    first.close();
    running.join().unwrap().unwrap();
}

#[test]
fn there_are_as_many_connections_as_there_may_be_on_all_threads_together() {
    let server = threads().threads(3).max_connections(2);
    let (tell, dropped) = mpsc::channel();
    server.on(event::Drop, move |dropped| {
        tell.send(dropped.remote_addr.port()).unwrap();
    });
    let (addr, running) = run(&server, "127.0.0.1:0");
    let connect = || std::net::TcpStream::connect(addr).unwrap();
    let streams: Vec<_> = std::iter::repeat_with(connect).take(5).collect();
    let ports: HashSet<_> = streams
        .iter()
        .map(|stream| stream.local_addr().unwrap().port())
        .collect();
    for _ in 0..3 {
        assert!(ports.contains(&dropped.recv().unwrap().unwrap()));
    }
    assert_eq!(server.connections(), 2);
    drop(streams);
    server.close();
    running.join().unwrap().unwrap();
    assert!(dropped.try_recv().is_err());
}

#[test]
fn a_server_that_is_closed_does_not_run() {
    let server = threads();
    server.close();
    server.run(0).unwrap();
}

#[tokio::test]
async fn it_does_not_block_a_runtime() {
    let error = threads().run(0).unwrap_err();
    assert!(error.to_string().contains("`listen`"), "{error}");
}
