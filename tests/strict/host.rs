//! RFC 9112, 3.2: one `Host`, with a valid value.

use crate::probe::Probe;

#[tokio::test]
async fn a_missing_or_repeated_host_is_rejected() {
    let cases: &[(&str, &[u8])] = &[
        ("none", b"GET / HTTP/1.1\r\n\r\n"),
        ("none, others", b"GET / HTTP/1.1\r\nx-host: a\r\n\r\n"),
        (
            "twice the same",
            b"GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n",
        ),
        ("two", b"GET / HTTP/1.1\r\nhost: a\r\nHOST: b\r\n\r\n"),
        (
            "two in HTTP/1.0",
            b"GET / HTTP/1.0\r\nhost: a\r\nhost: b\r\n\r\n",
        ),
        (
            "two, the second empty",
            b"GET / HTTP/1.1\r\nhost: a\r\nhost:\r\n\r\n",
        ),
        ("none, the URL has one", b"GET http://a/ HTTP/1.1\r\n\r\n"),
    ];
    Probe::new().rejects(&[400], cases).await;
}

#[tokio::test]
async fn an_invalid_host_is_rejected() {
    let hosts: &[&[u8]] = &[
        b"",
        b" ",
        b"a b",
        b"a,b",
        b"a, b",
        b"a/b",
        b"/",
        b"a?b",
        b"a#b",
        b"u@a",
        b"u:p@a",
        b"@a",
        b"a\\b",
        b"<a>",
        b"\"a\"",
        b"a^b",
        b"a|b",
        b"{a}",
        b"a`",
        b"a\tb",
        b"a\x80",
        b"caf\xc3\xa9",
        b"a%",
        b"a%zz",
        b"http://a",
        b":80",
        b"a:x",
        b"a:-1",
        b"a:+1",
        b"a:80:80",
        b"a:8 0",
        b"a: 80",
        b"a:80/",
        b"::1",
        b"[::1",
        b"::1]",
        b"[::1]x",
        b"[::1]:x",
        b"[]",
        b"[zz]",
        b"[::1]]",
        b"[a]",
    ];
    let requests: Vec<(String, Vec<u8>)> = hosts
        .iter()
        .map(|host| {
            let request = [b"GET / HTTP/1.1\r\nhost: ", *host, b"\r\n\r\n"].concat();
            (host.escape_ascii().to_string(), request)
        })
        .collect();
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (what.as_str(), request.as_slice()))
        .collect();
    Probe::new().rejects(&[400], &cases).await;
}

#[tokio::test]
async fn a_valid_host_is_accepted() {
    let hosts = [
        "a",
        "a.",
        "a_b",
        "A-b.C",
        "a:80",
        "a:",
        "a:65535",
        "127.0.0.1:8080",
        "[::1]",
        "[::1]:80",
        "[2001:db8::7]",
        "xn--caf-dma.example",
        "a!$&'()*+;=~b",
    ];
    let requests = hosts.map(|host| format!("GET / HTTP/1.1\r\nhost: {host}\r\n\r\n"));
    let cases: Vec<_> = hosts
        .iter()
        .zip(&requests)
        .map(|(host, request)| (*host, request.as_bytes(), "GET / \"\""))
        .collect();
    Probe::new().accepts(&cases).await;
}

#[tokio::test]
async fn http_1_0_needs_no_host() {
    let response = Probe::new().exchange(b"GET / HTTP/1.0\r\n\r\n").await;
    assert!(
        response.starts_with("HTTP/1.0 200 ") || response.starts_with("HTTP/1.1 200 "),
        "{response}"
    );
}
