//! RFC 9112, 7.1: the chunked coding.

use crate::probe::Probe;

const HEAD: &str = "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";

/// Returns requests with these bodies.
pub(crate) fn chunked<'a>(bodies: &[&'a str]) -> Vec<(&'a str, Vec<u8>)> {
    let request = |body: &&'a str| (*body, [HEAD, body].concat().into_bytes());
    bodies.iter().map(request).collect()
}

pub(crate) async fn rejects(statuses: &[u16], bodies: &[&str]) {
    let requests = chunked(bodies);
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (*what, request.as_slice()))
        .collect();
    Probe::new().rejects_bodies(statuses, &cases).await;
}

pub(crate) async fn accepts(bodies: &[&str], seen: &str) {
    let requests = chunked(bodies);
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (*what, request.as_slice(), seen))
        .collect();
    Probe::new().accepts(&cases).await;
}

#[tokio::test]
async fn a_valid_chunked_body_is_accepted() {
    let bodies = [
        "5\r\nhello\r\n0\r\n\r\n",
        "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "5\r\nhello\r\n000\r\n\r\n",
        "00005\r\nhello\r\n0\r\n\r\n",
        "5;a\r\nhello\r\n0\r\n\r\n",
        "5;a=b\r\nhello\r\n0;c\r\n\r\n",
        "5;a=b;c=d\r\nhello\r\n0\r\n\r\n",
        "5;a=\"b c;\\\"d\"\r\nhello\r\n0\r\n\r\n",
        "5; a = b\r\nhello\r\n0\r\n\r\n",
    ];
    accepts(&bodies, "POST / \"hello\"").await;
    accepts(
        &[
            "a\r\n0123456789\r\n0\r\n\r\n",
            "A\r\n0123456789\r\n0\r\n\r\n",
        ],
        "POST / \"0123456789\"",
    )
    .await;
    accepts(&["0\r\n\r\n"], "POST / \"\"").await;
}

#[tokio::test]
async fn an_invalid_chunk_size_is_rejected() {
    let bodies = [
        "\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "\t5\r\nhello\r\n0\r\n\r\n",
        "5 \r\nhello\r\n0\r\n\r\n",
        "5\t\r\nhello\r\n0\r\n\r\n",
        "5_\r\nhello\r\n0\r\n\r\n",
        "0_5\r\nhello\r\n0\r\n\r\n",
        "5,\r\nhello\r\n0\r\n\r\n",
        "5.0\r\nhello\r\n0\r\n\r\n",
        "5h\r\nhello\r\n0\r\n\r\n",
        "zz\r\nhello\r\n0\r\n\r\n",
        "5 5\r\nhello\r\n0\r\n\r\n",
        "5\0\r\nhello\r\n0\r\n\r\n",
        "10000000000000005\r\nhello\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
    ];
    rejects(&[400], &bodies).await;
}

#[tokio::test]
async fn an_invalid_chunk_extension_is_rejected() {
    let bodies = [
        "5;\r\nhello\r\n0\r\n\r\n",
        "5; \r\nhello\r\n0\r\n\r\n",
        "5;;a\r\nhello\r\n0\r\n\r\n",
        "5;a;\r\nhello\r\n0\r\n\r\n",
        "5;=x\r\nhello\r\n0\r\n\r\n",
        "5;a=\r\nhello\r\n0\r\n\r\n",
        "5;a=;b\r\nhello\r\n0\r\n\r\n",
        "5;a b\r\nhello\r\n0\r\n\r\n",
        "5;a=b c\r\nhello\r\n0\r\n\r\n",
        "5;a==b\r\nhello\r\n0\r\n\r\n",
        "5;(=x\r\nhello\r\n0\r\n\r\n",
        "5;a=(\r\nhello\r\n0\r\n\r\n",
        "5;a=\"b\r\nhello\r\n0\r\n\r\n",
        "5;a=\"b\"c\r\nhello\r\n0\r\n\r\n",
        "5;a=b\"\r\nhello\r\n0\r\n\r\n",
        "5;a\u{1}\r\nhello\r\n0\r\n\r\n",
        "5;a=\"\0\"\r\nhello\r\n0\r\n\r\n",
        "5;a=\"\u{7f}\"\r\nhello\r\n0\r\n\r\n",
        "0;\r\n\r\n",
    ];
    rejects(&[400], &bodies).await;
}

#[tokio::test]
async fn a_chunk_line_without_crlf_is_rejected() {
    let bodies = [
        "5\nhello\r\n0\r\n\r\n",
        "5\rhello\r\n0\r\n\r\n",
        "5\r\r\nhello\r\n0\r\n\r\n",
        "5;a\nhello\r\n0\r\n\r\n",
        "5;a\rb\r\nhello\r\n0\r\n\r\n",
        "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello\r0\r\n\r\n",
        "5\r\nhello\r\n0\n\r\n",
        "5\r\nhello\r\n0\r\r\n",
        "5\r\nhello\r\n0\r\n\n",
        "5\r\nhello\r\n0\r\n\rX",
    ];
    rejects(&[400], &bodies).await;
}

#[tokio::test]
async fn a_chunk_of_another_length_is_rejected() {
    let bodies = [
        "5\r\nhello0\r\n\r\n",
        "5\r\nhelloXX0\r\n\r\n",
        "4\r\nhello\r\n0\r\n\r\n",
        "6\r\nhello\r\n0\r\n\r\n",
        "2\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n\r\n0\r\n\r\n",
    ];
    rejects(&[400], &bodies).await;
}

#[tokio::test]
async fn too_many_chunk_extensions_are_rejected() {
    let long = format!("5;{}\r\nhello\r\n0\r\n\r\n", "e".repeat(20_000));
    let many = "1;abcdefgh=ijklmnop\r\nx\r\n".repeat(2_000) + "0\r\n\r\n";
    let zeros = format!("{}5\r\nhello\r\n0\r\n\r\n", "0".repeat(20_000));
    rejects(&[400, 413], &[&long, &many, &zeros]).await;
}

#[tokio::test]
async fn a_truncated_chunked_body_is_an_error() {
    let probe = Probe::new();
    for body in [
        "",
        "5",
        "5\r\nhel",
        "5\r\nhello",
        "5\r\nhello\r\n",
        "5\r\nhello\r\n0\r\n",
    ] {
        let response = probe.exchange(&[HEAD, body].concat().into_bytes()).await;
        assert!(
            response.starts_with("HTTP/1.1 400 "),
            "{body:?}: {response:?}"
        );
        assert_eq!(probe.seen(), ["POST / error 400"], "{body:?}");
    }
}
