//! The example `probe`, the target of conformance suites.

use crate::program::Program;

#[test]
fn every_request_gets_its_body_back_or_ok() {
    let probe = Program::serve("probe", &[]);
    for method in ["GET", "OPTIONS", "DELETE", "BREW"] {
        let response = probe.ask(method, "/any/path?at=all", &[], "");
        assert_eq!(
            (response.status, response.body.as_str()),
            (200, "OK"),
            "{method}"
        );
    }
    for method in ["POST", "PUT", "PATCH"] {
        let response = probe.ask(method, "/", &[], "what was sent");
        assert_eq!(
            (response.status, response.body.as_str()),
            (200, "what was sent")
        );
    }
}

#[test]
fn headers_and_cookies_are_echoed() {
    let probe = Program::serve("probe", &[]);
    let sent = [("x-a", "1"), ("cookie", "a=1; b=x=y;; =z; c"), ("x-a", "2")];
    let headers = probe.ask("GET", "/echo", &sent, "").body;
    for line in ["x-a: 1", "x-a: 2", "cookie: a=1; b=x=y;; =z; c"] {
        assert!(
            headers.lines().any(|it| it.eq_ignore_ascii_case(line)),
            "{line}: {headers}"
        );
    }
    let raw =
        "GET /echo HTTP/1.1\r\nX-B: 1\r\nhost: a\r\nx-A:2\r\nX-b: 3\r\nconnection: close\r\n\r\n";
    let headers = "X-B: 1\nhost: a\nx-A: 2\nX-b: 3\nconnection: close\n";
    assert!(probe.raw(raw).ends_with(headers));
    assert_eq!(probe.ask("GET", "/cookie", &sent, "").body, "a=1\nb=x=y\n");
}

#[test]
fn an_invalid_body_is_a_400() {
    let probe = Program::serve("probe", &[]);
    let head = "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let response = probe.raw(&format!("{head}not a size\r\n"));
    assert!(response.starts_with("HTTP/1.1 400 "), "{response}");
}
