//! The events of a server.

use std::sync::{Arc, Mutex};

use onward::events::ListenerFailed;
use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{get, serve};

/// Records the events of a server, in order.
fn recorded(server: &Server) -> Arc<Mutex<Vec<String>>> {
    let recorded = Arc::new(Mutex::new(Vec::new()));
    let recorder = |recorded: &Arc<Mutex<Vec<String>>>| {
        let recorded = Arc::clone(recorded);
        move |text: String| recorded.lock().unwrap().push(text)
    };
    let record = recorder(&recorded);
    server.on(event::Connection, move |socket| {
        assert!(socket.remote_addr.ip().unwrap().is_loopback());
        record(format!("connection at {}", socket.local_addr));
    });
    let record = recorder(&recorded);
    server.on(event::Listening, move |at| {
        record(format!("listening on {at}"))
    });
    let record = recorder(&recorded);
    server.on(event::Request, move |req| {
        record(format!("request {} {}", req.method, req.url));
    });
    let record = recorder(&recorded);
    server.on(event::Close, move |_| record("close".to_owned()));
    let record = recorder(&recorded);
    server.on(event::Error, move |error| record(format!("error {error}")));
    recorded
}

#[tokio::test]
async fn events_are_emitted_in_order() {
    let server = http::create_server(|req, res| async move {
        match req.url.path() {
            "/bad" => Err(Error::bad_request("no")),
            "/worse" => Err(std::io::Error::other("disk full").into()),
            _ => Ok(res.send("hello")),
        }
    });
    let recorded = recorded(&server);
    let served = serve(server);
    let addr = served.addr;
    let mut wire = served.connect().await;
    for (url, status) in [("/?x=1", 200), ("/bad", 400), ("/worse", 500)] {
        wire.send(get(url)).await;
        assert_eq!(wire.response().await.status, status);
    }
    served.server.close();
    served.closed().await;
    assert_eq!(
        *recorded.lock().unwrap(),
        [
            format!("listening on http://{addr}"),
            format!("connection at {addr}"),
            "request GET /?x=1".to_owned(),
            "request GET /bad".to_owned(),
            "request GET /worse".to_owned(),
            "error 500 Internal Server Error: disk full".to_owned(),
            "close".to_owned(),
        ]
    );
}

#[tokio::test]
async fn the_request_event_passes_headers_and_socket() {
    let seen = Arc::new(Mutex::new(None));
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let see = Arc::clone(&seen);
    server.once(event::Request, move |req| {
        let agent = req.headers.get("user-agent").cloned();
        *see.lock().unwrap() = Some((agent, req.socket.remote_addr.clone()));
    });
    let served = serve(server);
    served
        .ask("GET / HTTP/1.1\r\nhost: a\r\nuser-agent: me\r\n\r\n")
        .await;
    let (agent, remote) = seen.lock().unwrap().take().expect("a request was seen");
    assert_eq!(agent.unwrap(), "me");
    assert!(remote.port().is_some_and(|port| port != 0));
}

#[tokio::test]
async fn a_panicking_request_listener_is_reported_and_affects_no_request() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let failures = Arc::new(Mutex::new(Vec::new()));
    let recorded = Arc::clone(&failures);
    server.on(ListenerFailed, move |failure| {
        recorded.lock().unwrap().push(failure.to_string())
    });
    server.on(event::Request, |_| panic!("a listener's own"));
    let served = serve(server);
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.status, 200);
    }
    let recorded = "a listener of `Request` panicked: a listener's own";
    assert_eq!(*failures.lock().unwrap(), [recorded; 2]);
}

#[tokio::test]
async fn a_listener_that_panics_does_not_change_the_outcome() {
    let served = serve(http::create_server(|req, res| async move {
        req.on(event::Close, |()| panic!("expected"));
        res.on(event::Finish, |()| panic!("expected"));
        res.on(event::Close, |()| panic!("expected"));
        res.send("hello")
    }));
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.text(), "hello");
    }
    drop(wire);
    served.server.close();
    served.closed().await;
}
