//! The id of a request: where it comes from, and where it is written.

use std::sync::{Arc, Mutex};

use onward::http;
use onward::observe::{AccessLog, request_id};
use onward::prelude::*;
use serde_json::Value;

use crate::client::{get, get_http2, request, send};
use crate::lines::Lines;
use crate::served::serve;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let id = request_id(&req, &mut res);
    route!("/" => id.to_string());
    route!("/error" => Err::<&str, _>(std::io::Error::other("disk full"))?);
    route!("/panic" => panic_now());
    route!(POST "/number" => req.body.json::<u32>().await?.to_string());
    route!(mount "/admin" => admin(req, res).await);
}

#[server]
async fn admin(req: Request, mut res: Response) -> Result {
    let id = request_id(&req, &mut res);
    route!("/" => id.to_string());
}

fn panic_now() -> &'static str {
    panic!("on purpose")
}

/// Returns the value of a header in a response, as text.
fn header<'r>(response: &'r str, name: &str) -> Option<&'r str> {
    let (head, _) = response.split_once("\r\n\r\n")?;
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn body(response: &str) -> &str {
    response.split_once("\r\n\r\n").unwrap().1
}

#[tokio::test]
async fn a_valid_id_is_kept() {
    let served = serve(http::create_server(shop));
    let longest = "x".repeat(200);
    for id in ["a", "7b3f1c52-6d0e-4f5a-9c37-d7f1f4f7b0a1", &longest] {
        for path in ["/", "/admin"] {
            let ids = [("x-request-id", id.as_bytes())];
            let response = send(served.addr, request("GET", path, &ids)).await;
            assert_eq!(
                (header(&response, "x-request-id"), body(&response)),
                (Some(id), id)
            );
            let (_, body) = get_http2(served.addr, "GET", path, &ids).await;
            assert_eq!(body, id);
        }
    }
}

#[tokio::test]
async fn an_id_is_generated_if_the_client_sends_no_valid_one() {
    let served = serve(http::create_server(shop));
    let long = "x".repeat(201);
    let huge = "x".repeat(10_000);
    let mut made = Vec::new();
    for ids in [
        &[][..],
        &[b"".as_slice()],
        &[b"a b"],
        &[b"a\"b"],
        &[b"a\tb"],
        &[b"<script>"],
        &[b"\xe9"],
        &["é".as_bytes()],
        &[long.as_bytes()],
        &[huge.as_bytes()],
        &[b"a", b"b"],
        &[b"a", b"a"],
    ] {
        let headers: Vec<_> = ids.iter().map(|id| ("x-request-id", *id)).collect();
        let response = send(served.addr, request("GET", "/", &headers)).await;
        let id = header(&response, "x-request-id").unwrap();
        assert_eq!(body(&response), id);
        assert!(!ids.contains(&id.as_bytes()), "{id}");
        let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        assert!((16..64).contains(&id.len()) && id.bytes().all(is_harmless));
        made.push(id.to_owned());
    }
    made.sort();
    made.dedup();
    assert_eq!(made.len(), 12);
}

#[tokio::test]
async fn a_problem_document_has_the_id() {
    let served = serve(http::create_server(shop));
    let ids: [(&str, &[u8]); 2] = [("x-request-id", b"4711"), ("content-length", b"0")];
    for (method, path, status) in [
        ("GET", "/missing", 404),
        ("GET", "/admin/missing", 404),
        ("GET", "/error", 500),
        ("GET", "/panic", 500),
        ("POST", "/number", 400),
    ] {
        let response = send(served.addr, request(method, path, &ids)).await;
        assert_eq!(
            header(&response, "x-request-id"),
            Some("4711"),
            "{response}"
        );
        let problem: Value = serde_json::from_str(body(&response)).unwrap();
        assert_eq!(problem["request_id"], "4711", "{path}");
        assert_eq!(problem["status"], status, "{path}");
    }
}

#[tokio::test]
async fn a_problem_document_without_an_id_has_no_member_for_it() {
    let sent = Response::new().send(Error::not_found());
    assert!(!sent.text().contains("request_id"));
}

#[tokio::test]
async fn events_and_logs_have_the_id() {
    let server = http::create_server(shop);
    let (log, mut lines) = Lines::of(AccessLog::json());
    log.observe(&server);
    let errors = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        let id = error.request().and_then(|req| req.request_id.clone());
        recorder.lock().unwrap().push(id);
    });
    let served = serve(server);
    let ids: [(&str, &[u8]); 1] = [("x-request-id", b"4711")];
    for path in ["/", "/panic"] {
        send(served.addr, request("GET", path, &ids)).await;
        let line: Value = serde_json::from_str(&lines.next().await).unwrap();
        assert_eq!(line["request_id"], "4711");
    }
    assert_eq!(*errors.lock().unwrap(), [Some("4711".into())]);
    let response = get(served.addr, "/").await;
    let line: Value = serde_json::from_str(&lines.next().await).unwrap();
    assert_eq!(line["request_id"], body(&response));
}
