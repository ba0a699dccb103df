//! More requests than a server may handle.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use onward::http::{self, DropReason, Server};
use onward::prelude::*;

use crate::client::{Answer, Protocol, get, post};
use crate::over_both;
use crate::server::{Counter, Gate, Served, serve, soon};

/// Creates a server whose handler waits for the test, except at `/free`, and panics at `/panic`.
fn gated(gate: &Gate) -> Server {
    let gate = gate.clone();
    http::create_server(move |req, res| {
        let gate = gate.clone();
        async move {
            match req.url.path() {
                "/free" => {}
                "/panic" => panic!("in a handler"),
                _ => gate.pass().await,
            }
            res.send("handled")
        }
    })
}

/// The requests that a server rejected, in order.
#[derive(Clone, Default)]
struct Drops {
    list: Arc<Mutex<Vec<(String, DropReason)>>>,
    count: Counter,
}

impl Drops {
    fn of(server: &Server) -> Self {
        let drops = Self::default();
        let this = drops.clone();
        server.on(event::DropRequest, move |dropped| {
            let path = dropped.request.url.path().to_owned();
            this.list.lock().unwrap().push((path, dropped.reason));
            this.count.add();
        });
        drops
    }

    /// Waits for the only rejected request.
    async fn one(&self) -> (String, DropReason) {
        self.count.reaches(1).await;
        let list = self.list.lock().unwrap();
        assert_eq!(list.len(), 1, "{list:?}");
        list[0].clone()
    }

    fn all(&self) -> Vec<(String, DropReason)> {
        self.list.lock().unwrap().clone()
    }
}

#[track_caller]
fn assert_rejected(answer: &Answer) {
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let expected = r#"{"type":"about:blank","title":"Service Unavailable","status":503}"#;
    assert_eq!(answer.text(), expected);
}

async fn connections_are(served: &Served, count: usize) {
    let reached = async {
        while served.server.connections() != count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    soon("the number of connections", reached).await;
}

async fn a_request_waits_and_another_is_rejected(protocol: Protocol) {
    let gate = Gate::default();
    let server = gated(&gate)
        .max_concurrent_requests(1)
        .max_queued_requests(1)
        .queue_timeout(None);
    let drops = Drops::of(&server);
    let (begun, finished, errors) = <(Counter, Counter, Counter)>::default();
    let count = begun.clone();
    server.on(event::Request, move |_| count.add());
    let count = finished.clone();
    server.on(event::Finish, move |_| count.add());
    let count = errors.clone();
    server.on(event::Error, move |_| count.add());
    let served = serve(server);
    let mut clients = [
        served.connect(protocol).await,
        served.connect(protocol).await,
        served.connect(protocol).await,
    ];
    let [first, second, third] = &mut clients;
    let mut running = first.open(&get("/a"), false).await;
    gate.reached().await;
    let second = second.open(&get("/b"), false).await;
    let third = third.open(&get("/c"), false).await;
    let (path, reason) = drops.one().await;
    assert_eq!(reason, DropReason::QueueFull);
    let (mut rejected, mut waiting) = match path.as_str() {
        "/b" => (second, third),
        _ => (third, second),
    };
    assert_rejected(&rejected.answer().await);
    assert_eq!(begun.get(), 1);
    gate.open();
    assert_eq!(running.answer().await.text(), "handled");
    gate.reached().await;
    gate.open();
    assert_eq!(waiting.answer().await.text(), "handled");
    finished.reaches(3).await;
    assert_eq!((begun.get(), errors.get()), (2, 0));
}

async fn a_request_that_waits_too_long_is_rejected(protocol: Protocol) {
    let gate = Gate::default();
    let server = gated(&gate)
        .max_concurrent_requests(1)
        .queue_timeout(Duration::from_millis(50));
    let waited = Arc::new(Mutex::new(Duration::ZERO));
    let shared = Arc::clone(&waited);
    server.on(event::DropRequest, move |dropped| {
        assert_eq!(dropped.reason, DropReason::QueueTimeout);
        *shared.lock().unwrap() = dropped.waited;
    });
    let served = serve(server);
    let mut first = served.connect(protocol).await;
    let mut running = first.open(&get("/"), false).await;
    gate.reached().await;
    let mut second = served.connect(protocol).await;
    assert_rejected(&second.ask(get("/")).await);
    assert!(*waited.lock().unwrap() >= Duration::from_millis(50));
    gate.open();
    assert_eq!(running.answer().await.text(), "handled");
    // The connection of the rejected request is still open.
    assert_eq!(second.ask(get("/free")).await.text(), "handled");
}

async fn a_client_that_disconnects_leaves_the_queue(protocol: Protocol) {
    let gate = Gate::default();
    let server = gated(&gate).max_concurrent_requests(1).queue_timeout(None);
    let drops = Drops::of(&server);
    let served = serve(server);
    let mut first = served.connect(protocol).await;
    let mut running = first.open(&get("/"), false).await;
    gate.reached().await;
    let mut second = served.connect(protocol).await;
    let mut third = served.connect(protocol).await;
    // Dropping these calls would reset their streams, possibly before the requests are sent.
    let _queued = second.open(&get("/b"), false).await;
    let _rejected = third.open(&get("/c"), false).await;
    drops.one().await;
    second.abort();
    third.abort();
    connections_are(&served, 1).await;
    let mut fourth = served.connect(protocol).await;
    let mut waiting = fourth.open(&get("/free"), false).await;
    gate.open();
    assert_eq!(running.answer().await.text(), "handled");
    assert_eq!(waiting.answer().await.text(), "handled");
    assert_eq!(drops.count.get(), 1);
}

async fn a_request_that_ends_early_lets_the_next_one_in(protocol: Protocol) {
    let gate = Gate::default();
    // A client that has only closed its write side still gets its response, so a disconnection is detected only after a
    // second.
    let server = gated(&gate).max_concurrent_requests(1).queue_timeout(None);
    server.on(event::Error, |_| {});
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    assert_eq!(client.ask(get("/panic")).await.status, 500);
    assert_eq!(client.ask(get("/free")).await.status, 200);
    let mut leaving = served.connect(protocol).await;
    leaving.open(&get("/"), false).await;
    gate.reached().await;
    leaving.abort();
    assert_eq!(client.ask(get("/free")).await.status, 200);
}

async fn a_body_that_is_rejected_is_discarded(protocol: Protocol) {
    let gate = Gate::default();
    let server = gated(&gate).max_concurrent_requests(0);
    let drops = Drops::of(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for _ in 0..3 {
        assert_rejected(&client.send(post("/"), &[0; 100_000]).await);
    }
    assert_eq!(
        drops.all(),
        vec![("/".to_owned(), DropReason::QueueFull); 3]
    );
    let waits = post("/").header("expect", "100-continue");
    let mut call = client.open(&waits, true).await;
    assert_eq!(call.head().await.unwrap().status, 503);
}

async fn exempt_requests_are_not_limited(protocol: Protocol) {
    let gate = Gate::default();
    let server = gated(&gate)
        .max_concurrent_requests(0)
        .shed_latency(Duration::ZERO)
        .exempt_requests(|req| match req.url.path() {
            "/unknown" => panic!("in the function"),
            path => path == "/free",
        });
    server.on(event::Error, |_| {});
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    assert_eq!(client.ask(get("/free")).await.status, 200);
    assert_rejected(&client.ask(get("/")).await);
    assert_eq!(client.ask(get("/unknown")).await.status, 500);
    assert_eq!(client.ask(get("/free")).await.status, 200);
}

/// The handlers block the only thread of the runtime: 60 requests arrive at once, and each takes 10 ms.
async fn load_is_shed_by_latency(protocol: Protocol) {
    const TARGET: Duration = Duration::from_millis(20);
    let server = http::create_server(|_req, res| async move {
        std::thread::sleep(Duration::from_millis(10));
        res.send("handled")
    });
    let server = server.shed_latency(TARGET);
    let waits = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&waits);
    server.on(event::DropRequest, move |dropped| {
        assert_eq!(dropped.reason, DropReason::Latency);
        shared.lock().unwrap().push(dropped.waited);
    });
    let served = serve(server);
    let clients = join_all((0..60).map(|_| served.connect(protocol))).await;
    let answers = clients.into_iter().map(|mut client| async move {
        let answer = client.ask(get("/")).await;
        if answer.status == 503 {
            assert_rejected(&answer);
        }
        answer.status
    });
    let statuses = join_all(answers).await;
    let handled = statuses.iter().filter(|&&status| status == 200).count();
    let waits = waits.lock().unwrap().clone();
    assert_eq!(handled + waits.len(), 60, "{statuses:?}");
    // The burst of the first 100 ms is handled, and a few more requests. A slow machine handles fewer.
    assert!((5..30).contains(&handled), "{statuses:?}");
    assert!(waits.iter().all(|&wait| wait > TARGET), "{waits:?}");
    let mut client = served.connect(protocol).await;
    for _ in 0..20 {
        assert_eq!(client.ask(get("/")).await.status, 200);
    }
}

/// Requests that wait for something else do not delay the start of other requests.
async fn handlers_that_wait_are_not_shed(protocol: Protocol) {
    let server = http::create_server(|_req, res| async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        res.send("handled")
    });
    let served = serve(server.shed_latency(Duration::from_millis(150)));
    let clients = join_all((0..30).map(|_| served.connect(protocol))).await;
    let asked = clients
        .into_iter()
        .map(|mut client| async move { client.ask(get("/")).await.status });
    assert_eq!(join_all(asked).await, vec![200; 30]);
}

/// The error page of a site. It panics at `/broken`.
#[derive(Debug)]
struct SitePage(StatusCode);

impl From<Failure> for SitePage {
    fn from(failure: Failure) -> Self {
        Self(failure.status())
    }
}

impl Reply for SitePage {
    fn reply(self, mut res: Response) -> Sent {
        res.status_code = self.0;
        let request = res.req().expect("a request");
        assert!(request.url.path() != "/broken", "in the error type");
        res.send(Html("<h1>Please try again soon</h1>"))
    }
}

async fn a_custom_error_type_responds_to_rejected_requests(protocol: Protocol) {
    let server =
        http::create_server(|_req, res| async move { Ok::<Sent, SitePage>(res.send("ok")) });
    let errors = Counter::default();
    let count = errors.clone();
    server.on(event::Error, move |_| count.add());
    let served = serve(server.max_concurrent_requests(0));
    let mut client = served.connect(protocol).await;
    let answer = client.ask(get("/")).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(answer.text(), "<h1>Please try again soon</h1>");
    assert_eq!(errors.get(), 0);
    // If the error type panics, a 500 is sent, and the panic is reported.
    assert_eq!(client.ask(get("/broken")).await.status, 500);
    errors.reaches(1).await;
    assert_eq!(client.ask(get("/")).await.status, 503);
}

over_both!(
    a_custom_error_type_responds_to_rejected_requests,
    a_request_waits_and_another_is_rejected,
    a_request_that_waits_too_long_is_rejected,
    a_client_that_disconnects_leaves_the_queue,
    a_request_that_ends_early_lets_the_next_one_in,
    a_body_that_is_rejected_is_discarded,
    exempt_requests_are_not_limited,
    load_is_shed_by_latency,
    handlers_that_wait_are_not_shed,
);
