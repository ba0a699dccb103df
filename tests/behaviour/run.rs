//! Servers on their own threads.

use std::collections::HashSet;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use onward::http;
use onward::http::{Listen, Server};
use onward::prelude::*;

/// Creates a server that responds with the name of the thread that serves the request.
fn threads() -> Server {
    http::create_server(|_req, res| async move {
        let name = thread::current().name().map(str::to_owned);
        res.send(name)
    })
}

/// Runs a server, and returns its address.
fn run(server: &Server, at: impl Listen + 'static) -> (SocketAddr, JoinHandle<io::Result<()>>) {
    let (sender, receiver) = mpsc::channel();
    server.on(event::Listening, move |at| {
        sender.send(at.socket_addr().unwrap()).unwrap()
    });
    let running = server.clone();
    let running = thread::spawn(move || running.run(at));
    let addr = receiver.recv().unwrap();
    assert_eq!(server.local_addr(), Some(addr));
    (addr, running)
}

fn ask(addr: SocketAddr) -> String {
    let mut response = ureq::get(format!("http://{addr}/")).call().unwrap();
    response.body_mut().read_to_string().unwrap()
}

#[test]
fn every_thread_serves_and_closing_ends_all_of_them() {
    for bound_before in [false, true] {
        let server = threads().threads(3);
        let closed = Arc::new(Mutex::new(0));
        let shared = Arc::clone(&closed);
        server.on(event::Close, move |_| *shared.lock().unwrap() += 1);
        let (addr, running) = match bound_before {
            true => run(&server, TcpListener::bind("127.0.0.1:0").unwrap()),
            false => run(&server, "127.0.0.1:0"),
        };
        let mut names = HashSet::new();
        // The operating system chooses the thread that accepts.
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
            let mut response = agent.get(format!("http://{addr}/")).call().unwrap();
            response.body_mut().read_to_string().unwrap()
        })
        .collect();
    assert_eq!(names.len(), 1);
    server.close();
    running.join().unwrap().unwrap();
}

#[test]
fn a_port_in_use_is_an_error_even_if_the_threads_share_it() {
    let first = threads().threads(2);
    let (addr, running) = run(&first, "127.0.0.1:0");
    let error = threads().threads(2).run(addr).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let error = first.clone().run(addr).unwrap_err();
    assert_eq!(error.to_string(), "the server is already listening");
    first.close();
    running.join().unwrap().unwrap();
}

#[test]
fn a_thread_that_panics_ends_the_others_without_the_delay() {
    let (panic, panics) = tokio::sync::oneshot::channel::<()>();
    let trigger = async move {
        panics.await.unwrap();
        panic!("on purpose");
    };
    let server = threads()
        .threads(2)
        .close_delay(Duration::from_secs(3600))
        .close_on(trigger, None);
    let (_, running) = run(&server, "127.0.0.1:0");
    panic.send(()).unwrap();
    let error = running.join().unwrap().unwrap_err();
    assert_eq!(error.to_string(), "a thread of the server panicked");
}

#[test]
fn max_connections_counts_the_connections_of_all_threads() {
    let server = threads().threads(3).max_connections(2);
    let (sender, dropped) = mpsc::channel();
    server.on(event::Drop, move |dropped| {
        sender.send(dropped.remote_addr.port()).unwrap();
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
fn a_closed_server_does_not_run() {
    let server = threads();
    server.close();
    server.run(0).unwrap();
}

#[tokio::test]
async fn run_on_a_runtime_is_an_error() {
    let error = threads().run(0).unwrap_err();
    assert!(error.to_string().contains("`listen`"), "{error}");
}
