//! Headers that repeat those of the previous request are validated as if they were new.

use crate::probe::Probe;

/// Checks that `first` is accepted, that `second` is rejected with the message `why`, both pipelined and after the
/// first response, and that nothing after `second` is read.
async fn accepts_then_rejects(first: &str, second: &str, sees: &str, why: &str) {
    let probe = Probe::new();
    let second = format!("{second}GET /next HTTP/1.1\r\nhost: a\r\n\r\n");
    let at_once = probe.exchange(format!("{first}{second}").as_bytes()).await;
    let seen_at_once = probe.seen();
    let apart = probe.in_two_parts(first.as_bytes(), second.as_bytes());
    let responses = [(at_once, seen_at_once), (apart.await, probe.seen())];
    for (response, seen) in responses {
        let (accepted, rejected) = (" 200 OK\r\n", " 400 Bad Request\r\n");
        let count = |status| response.matches(status).count();
        let right = (count(accepted), count(rejected)) == (1, 1);
        let right = right && response.find(accepted) < response.find(rejected);
        let right = right && response.contains(why);
        assert!(
            right && seen == [sees],
            "{second:?}: {response:?}, {seen:?}"
        );
    }
}

#[tokio::test]
async fn a_repeated_transfer_encoding_is_rejected_in_http_1_0() {
    let rest = "host: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    accepts_then_rejects(
        &format!("POST / HTTP/1.1\r\n{rest}"),
        &format!("POST / HTTP/1.0\r\n{rest}"),
        "POST / \"hello\"",
        "HTTP/1.0 does not have `transfer-encoding`",
    )
    .await;
}

#[tokio::test]
async fn a_repeated_missing_host_is_rejected_in_http_1_1() {
    let rest = "connection: keep-alive\r\n\r\n";
    accepts_then_rejects(
        &format!("GET / HTTP/1.0\r\n{rest}"),
        &format!("GET / HTTP/1.1\r\n{rest}"),
        "GET / \"\"",
        "an HTTP/1.1 request must have a `host` header",
    )
    .await;
}

#[tokio::test]
async fn the_request_line_is_checked_before_repeated_headers() {
    let rest = "host: a\r\n\r\n";
    for line in [
        "GET / HTTP/1.1\n",
        "GET /\x01 HTTP/1.1\r\n",
        "G\x01T / HTTP/1.1\r\n",
        "GET / HTTP/1.1 \r\n",
        "GET /#a HTTP/1.1\r\n",
        "CONNECT / HTTP/1.1\r\n",
    ] {
        let first = format!("GET / HTTP/1.1\r\n{rest}");
        accepts_then_rejects(&first, &format!("{line}{rest}"), "GET / \"\"", "").await;
    }
}

#[tokio::test]
async fn headers_that_differ_by_a_byte_are_parsed_again() {
    let first = "POST / HTTP/1.1\r\nhost: a\r\nx: y\r\ncontent-length: 5\r\n\r\nhello";
    for (of, by) in [
        ("content-length: 5", "content-length:\u{b}5"),
        ("content-length: 5", "content-length : 5"),
        ("content-length: 5", "content-length: +5"),
        ("content-length: 5\r\n", "content-length: 5\n"),
        ("content-length: 5\r\n\r\n", "content-length: 5\r\n\n"),
        ("\r\nx: y", "\n\nx: y"),
        ("x: y", "x: \0"),
        ("x: y", " : y"),
        ("host: a", "hos_: a"),
        ("x: y", "host:y"),
        (
            "content-length: 5",
            "content-length: 5\r\ntransfer-encoding: chunked",
        ),
    ] {
        let second = first.replacen(of, by, 1);
        assert_ne!(first, second);
        accepts_then_rejects(first, &second, "POST / \"hello\"", "").await;
    }
}

#[tokio::test]
async fn each_body_has_the_length_of_its_own_head() {
    let request = |length: usize, body: &str| {
        format!("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n{body}")
    };
    let probe = Probe::new();
    for (length, body) in [(5, "hello"), (7, "goodbye"), (3, "bye")] {
        let first = request(5, "first");
        let requests = [&*first, &*request(length, body), &*first].concat();
        probe.exchange(requests.as_bytes()).await;
        let own = format!("POST / \"{body}\"");
        let expected = ["POST / \"first\"", &own, "POST / \"first\""];
        assert_eq!(probe.seen(), expected);
    }
}
