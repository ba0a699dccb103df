//! The metrics of a server, and the page that shows them.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use onward::http;
use onward::http::Server;
use onward::observe::Metrics;
use onward::observe::prometheus_client::metrics::counter::Counter;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{get, get_http2, request, send};
use crate::gate::Gate;
use crate::served::{serve, soon};

#[server]
async fn shop(req: Request, mut res: Response, metrics: Metrics) -> Result {
    route!("/" => "hello");
    route!("/products/{id: u32}" => format!("product {id}"));
    route!(POST "/upload" => req.body.bytes().await?.len().to_string());
    route!("/moved" => (StatusCode::SEE_OTHER, ""));
    route!("/error" => Err::<&str, _>(std::io::Error::other("disk full"))?);
    route!("/aborted" => {
        res.write("12345").await?;
        tokio::task::yield_now().await;
        fail()?;
        res.end()
    });
    route!(mount "/admin" => admin(req, res).await);
    route!("/metrics" => metrics);
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/users/{id: u32}" => format!("user {id}"));
}

fn fail() -> Result<()> {
    Err(std::io::Error::other("in the middle").into())
}

fn observed() -> (Server, Metrics) {
    let metrics = Metrics::new();
    let handle = metrics.clone();
    let server = http::create_server(move |req, res| shop(req, res, handle.clone()));
    metrics.observe(&server);
    (server, metrics)
}

/// Returns the value of a sample, whose name is written as on the page, or `None` if the page does not have it.
fn sample(metrics: &Metrics, name: &str) -> Option<f64> {
    let text = metrics.text();
    let mut lines = text.lines().filter_map(|line| line.rsplit_once(' '));
    let found = lines.find(|(key, _)| *key == name);
    found.map(|(_, value)| value.parse().unwrap())
}

/// Waits until a sample has a value: requests and connections end after the client has received the response.
async fn reaches(metrics: &Metrics, name: &str, value: f64) {
    let reached = async {
        while sample(metrics, name) != Some(value) {
            tokio::task::yield_now().await;
        }
    };
    soon(&format!("{name} {value}, in {}", metrics.text()), reached).await;
}

fn requests(method: &str, route: &str, status: &str) -> String {
    labeled("requests_total", method, route, status)
}

fn labeled(name: &str, method: &str, route: &str, status: &str) -> String {
    format!("http_server_{name}{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}")
}

#[tokio::test]
async fn requests_are_counted_by_method_route_and_status() {
    let (server, metrics) = observed();
    let served = serve(server);
    for (method, path, route, status) in [
        ("GET", "/", "/", "2xx"),
        ("HEAD", "/", "/", "2xx"),
        ("GET", "/products/7", "/products/{id: u32}", "2xx"),
        ("GET", "/admin/users/7", "/admin/users/{id: u32}", "2xx"),
        ("GET", "/moved", "/moved", "3xx"),
        ("GET", "/missing", "unmatched", "4xx"),
        ("DELETE", "/", "unmatched", "4xx"),
        ("OPTIONS", "/", "unmatched", "2xx"),
        ("GET", "/error", "/error", "5xx"),
        ("GET", "/aborted", "/aborted", "2xx"),
        ("PROPFIND", "/", "_OTHER", "5xx"),
    ] {
        let (method, route) = match route {
            "_OTHER" => (method, "unmatched"),
            _ => (method, route),
        };
        send(served.addr, request(method, path, &[])).await;
        let label = match method {
            "PROPFIND" => "_OTHER",
            _ => method,
        };
        reaches(&metrics, &requests(label, route, status), 1.0).await;
        let durations = labeled("request_duration_seconds_count", label, route, status);
        reaches(&metrics, &durations, 1.0).await;
    }
    get_http2(served.addr, "GET", "/products/8", &[]).await;
    reaches(
        &metrics,
        &requests("GET", "/products/{id: u32}", "2xx"),
        2.0,
    )
    .await;
}

#[tokio::test]
async fn bytes_of_bodies_are_counted() {
    let (server, metrics) = observed();
    let served = serve(server);
    for _ in 0..2 {
        let upload = "POST /upload HTTP/1.1\r\nhost: a\r\ncontent-length: 11\r\nconnection: close\r\n\r\nhello world";
        assert!(send(served.addr, upload).await.ends_with("11"));
    }
    let sample = |name| labeled(name, "POST", "/upload", "2xx");
    reaches(&metrics, &sample("request_body_bytes_total"), 22.0).await;
    reaches(&metrics, &sample("response_body_bytes_total"), 4.0).await;
}

#[tokio::test]
async fn ten_thousand_paths_and_methods_add_no_label() {
    let (server, metrics) = observed();
    let served = serve(server);
    let labels = |metrics: &Metrics| -> BTreeSet<String> {
        let text = metrics.text();
        let samples = text.lines().filter(|line| !line.starts_with('#'));
        samples
            .filter_map(|line| Some(line.rsplit_once(' ')?.0.to_owned()))
            .collect()
    };
    for path in ["/products/0", "/missing", "/admin/missing"] {
        send(served.addr, request("GET", path, &[])).await;
    }
    send(served.addr, request("BREW", "/", &[])).await;
    reaches(&metrics, "http_server_open_connections", 0.0).await;
    let before = labels(&metrics);
    let mut stream = TcpStream::connect(served.addr).await.unwrap();
    for number in 0..10_000 {
        let (method, path) = match number % 4 {
            0 => ("GET".to_owned(), format!("/products/{number}")),
            1 => ("GET".to_owned(), format!("/{number}?{number}={number}")),
            2 => ("GET".to_owned(), format!("/admin/{number}")),
            _ => (format!("BREW{number}"), "/".to_owned()),
        };
        let request =
            format!("{method} {path} HTTP/1.1\r\nhost: a{number}\r\nuser-agent: {number}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        // The requests are sent one after another, so that neither side has to buffer much.
        let mut response = vec![0; 4096];
        assert_ne!(stream.read(&mut response).await.unwrap(), 0);
    }
    drop(stream);
    reaches(&metrics, "http_server_open_connections", 0.0).await;
    let total = 2500.0 + 1.0;
    reaches(&metrics, &requests("_OTHER", "unmatched", "5xx"), total).await;
    assert_eq!(labels(&metrics), before);
}

/// Creates a server whose handler waits for the gate.
fn gated() -> (Server, Gate) {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            gate.pass().await;
            res.send("hello")
        }
    });
    (server, gate)
}

#[tokio::test]
async fn requests_in_flight_and_connections_are_counted() {
    let metrics = Metrics::new();
    let (server, gate) = gated();
    metrics.observe(&server);
    let served = serve(server);
    let call = tokio::spawn(get(served.addr, "/"));
    gate.reached().await;
    assert_eq!(
        sample(&metrics, "http_server_requests_in_flight"),
        Some(1.0)
    );
    assert_eq!(sample(&metrics, "http_server_open_connections"), Some(1.0));
    gate.open();
    call.await.unwrap();
    // This client disconnects.
    let call = tokio::spawn(get(served.addr, "/"));
    gate.reached().await;
    call.abort();
    reaches(&metrics, "http_server_requests_in_flight", 0.0).await;
    reaches(&metrics, "http_server_open_connections", 0.0).await;
    reaches(&metrics, &requests("GET", "unmatched", "none"), 1.0).await;
    assert_eq!(sample(&metrics, "http_server_connections_total"), Some(2.0));
}

#[tokio::test]
async fn dropped_requests_and_connections_are_counted() {
    let metrics = Metrics::new();
    let (server, gate) = gated();
    let server = server
        .max_concurrent_requests(1)
        .max_queued_requests(0)
        .max_connections(2);
    metrics.observe(&server);
    let served = serve(server);
    let call = tokio::spawn(get(served.addr, "/"));
    gate.reached().await;
    let dropped = "http_server_dropped_requests_total";
    assert_eq!(sample(&metrics, dropped), Some(0.0));
    let response = get(served.addr, "/").await;
    assert!(response.starts_with("HTTP/1.1 503 "), "{response}");
    reaches(&metrics, dropped, 1.0).await;
    reaches(&metrics, &requests("GET", "unmatched", "5xx"), 1.0).await;
    reaches(&metrics, "http_server_open_connections", 1.0).await;
    let dropped = "http_server_dropped_connections_total";
    assert_eq!(sample(&metrics, dropped), Some(0.0));
    let idle = TcpStream::connect(served.addr).await.unwrap();
    reaches(&metrics, "http_server_open_connections", 2.0).await;
    let beyond = TcpStream::connect(served.addr).await.unwrap();
    reaches(&metrics, dropped, 1.0).await;
    drop((idle, beyond));
    gate.open();
    call.await.unwrap();
}

#[tokio::test]
async fn requests_that_do_not_reach_the_handler_are_not_in_flight() {
    let (server, metrics) = observed();
    server.on(event::CheckContinue, |pending| {
        if let Some((_, res)) = pending.take() {
            res.send(StatusCode::PAYLOAD_TOO_LARGE);
        }
    });
    server.on(event::Upgrade, |pending| drop(pending.take()));
    let served = serve(server);
    for head in [
        "POST /upload HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 3\r\nconnection: close\r\n\r\n",
        "POST /upload HTTP/1.1\r\nhost: a\r\nexpect: 42\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: chat\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
    ] {
        send(served.addr, head).await;
    }
    get(served.addr, "/").await;
    reaches(&metrics, "http_server_open_connections", 0.0).await;
    assert_eq!(
        sample(&metrics, "http_server_requests_in_flight"),
        Some(0.0)
    );
}

#[tokio::test]
async fn a_page_is_valid_for_promtool() {
    let (server, metrics) = observed();
    let orders: Counter = Counter::default();
    metrics.register(|registry| registry.register("shop_orders", "Orders placed", orders.clone()));
    orders.inc();
    let served = serve(server);
    for path in ["/", "/products/7", "/missing", "/error", "/aborted"] {
        get(served.addr, path).await;
    }
    let response = get(served.addr, "/metrics").await;
    let (head, page) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    assert!(page.contains("shop_orders_total 1\n"));
    assert!(page.contains("http_server_requests_in_flight 1\n"));
    let Some((is_valid, output)) = promtool(page) else {
        return;
    };
    assert!(is_valid && output.is_empty(), "{output}\n{page}");
    let (is_valid, _) = promtool("# TYPE a counter\na 1\n").unwrap();
    assert!(!is_valid, "promtool accepts everything");
}

/// Checks a page with promtool, which `.ci/run` installs. Returns `None` if it is missing, or panics if the tools are
/// required.
fn promtool(page: &str) -> Option<(bool, String)> {
    let started = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            let is_required = std::env::var_os("ONWARD_REQUIRE_TOOLS").is_some();
            assert!(!is_required, "promtool is missing: {error}");
            eprintln!("skipped: promtool is not installed");
            return None;
        }
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(page.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8(text).unwrap()))
}
