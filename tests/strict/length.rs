//! RFC 9112, 6: the end of a body.

use crate::probe::Probe;

fn post(headers: &str, body: &str) -> Vec<u8> {
    format!("POST / HTTP/1.1\r\nhost: a\r\n{headers}\r\n\r\n{body}").into_bytes()
}

async fn rejects(statuses: &[u16], headers: &[&str], body: &str) {
    let requests: Vec<_> = headers.iter().map(|headers| post(headers, body)).collect();
    let cases: Vec<_> = headers
        .iter()
        .zip(&requests)
        .map(|(what, request)| (*what, request.as_slice()))
        .collect();
    Probe::new().rejects(statuses, &cases).await;
}

#[tokio::test]
async fn content_length_with_transfer_encoding_is_rejected() {
    let headers = [
        "content-length: 5\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ncontent-length: 5",
        "content-length: 0\r\ntransfer-encoding: chunked",
        "content-length: 5\r\ntransfer-encoding: identity",
        "content-length: 5\r\nx: y\r\ntransfer-encoding: chunked",
    ];
    rejects(&[400], &headers, "0\r\n\r\n").await;
}

#[tokio::test]
async fn an_invalid_content_length_is_rejected() {
    let headers = [
        "content-length: 5\r\ncontent-length: 5",
        "content-length: 5\r\ncontent-length: 6",
        "content-length: 5\r\ncontent-length:",
        "content-length: 5, 5",
        "content-length: 5,6",
        "content-length: 5,",
        "content-length: ,5",
        "content-length:",
        "content-length: -5",
        "content-length: +5",
        "content-length: 0x5",
        "content-length: 5a",
        "content-length: a",
        "content-length: 5 5",
        "content-length: 5.0",
        "content-length: 5;",
        "content-length: \"5\"",
        "content-length: 1e1",
        "content-length: 1_0",
        "content-length: \u{b}5",
        "content-length: 5\u{c}",
        "content-length: 18446744073709551616",
        "content-length: 99999999999999999999",
    ];
    rejects(&[400], &headers, "hello").await;
}

#[tokio::test]
async fn a_coding_that_does_not_end_with_chunked_is_rejected() {
    let headers = [
        "transfer-encoding: gzip",
        "transfer-encoding: identity",
        "transfer-encoding: chunked, gzip",
        "transfer-encoding: chunked, identity",
        "transfer-encoding: chunked\r\ntransfer-encoding: gzip",
        "transfer-encoding: chunked, chunked",
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
        "transfer-encoding: xchunked",
        "transfer-encoding: chunkedx",
        "transfer-encoding: \"chunked\"",
        "transfer-encoding: chunked;x=1",
        "transfer-encoding: \u{b}chunked",
        "transfer-encoding: chunked\u{b}",
        "transfer-encoding: chunked\u{c}",
        "transfer-encoding: \0chunked",
        "transfer-encoding: x\tchunked",
        "transfer-encoding: x chunked",
        "transfer-encoding:",
        "transfer-encoding : chunked",
        "transfer-encoding\t: chunked",
        "transfer-encoding\u{b}: chunked",
        "transfer-encoding: chun\r\n ked",
        "transfer-encoding:\r\n chunked",
    ];
    rejects(&[400, 501], &headers, "5\r\nhello\r\n0\r\n\r\n").await;
}

#[tokio::test]
async fn transfer_encoding_in_http_1_0_is_rejected() {
    let request: &[u8] =
        b"POST / HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    Probe::new().rejects(&[400], &[("1.0", request)]).await;
}

#[tokio::test]
async fn a_valid_length_is_accepted() {
    let requests = [
        ("a length", post("content-length: 5", "hello")),
        ("zeros before", post("content-length: 0005", "hello")),
        ("blanks around", post("content-length: \t 5 \t", "hello")),
        ("any case", post("Content-LENGTH:5", "hello")),
        (
            "a coding",
            post("transfer-encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"),
        ),
        (
            "a coding in any case",
            post("Transfer-Encoding: CHUNKED", "5\r\nhello\r\n0\r\n\r\n"),
        ),
        (
            "a coding between blanks",
            post("transfer-encoding:\tchunked\t ", "5\r\nhello\r\n0\r\n\r\n"),
        ),
    ];
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (*what, request.as_slice(), "POST / \"hello\""))
        .collect();
    Probe::new().accepts(&cases).await;
    let none = [post("x: y", ""), post("content-length: 0", "")];
    let cases: Vec<_> = none
        .iter()
        .map(|request| ("none", request.as_slice(), "POST / \"\""))
        .collect();
    Probe::new().accepts(&cases).await;
}

#[tokio::test]
async fn a_truncated_body_is_an_error() {
    let probe = Probe::new();
    for body in ["", "hell"] {
        let response = probe.exchange(&post("content-length: 5", body)).await;
        assert!(
            response.starts_with("HTTP/1.1 400 "),
            "{body:?}: {response:?}"
        );
        assert_eq!(probe.seen(), ["POST / error 400"], "{body:?}");
    }
}
