//! RFC 9112, 3.2: one `Host`, with a valid value.

use onward::http;

use crate::probe::Probe;

#[tokio::test]
async fn a_missing_or_repeated_host_is_rejected() {
    let cases: &[(&str, &[u8])] = &[
        ("none", b"GET / HTTP/1.1\r\n\r\n"),
        ("only another field", b"GET / HTTP/1.1\r\nx-host: a\r\n\r\n"),
        (
            "the same twice",
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
        (
            "none, but the URL has one",
            b"GET http://a/ HTTP/1.1\r\n\r\n",
        ),
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
        b"[4712::abcd::]",
        b"[12345::]",
        b"[1:2:3:4:5:6:7:8:9]",
        b"[1:2:3:4:5:6:7]",
        b"[:1]",
        b"[1:]",
        b"[:::]",
        b"[1.2.3.4]",
        b"[::1.2.3]",
        b"[::1.2.3.256]",
        b"[::1%eth0]",
        b"[::1%25eth0]",
        b"[v.a]",
        b"[v1]",
        b"[v1.]",
        b"[vg.a]",
        b"[v1.a]:x",
        b"[ ::1]",
        b"a:65536",
        b"a:123456",
        b"a@b@c",
        b"a%20b",
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
        "[::]",
        "[1:2:3:4:5:6:7:8]",
        "[1::8]:65535",
        "[::ffff:1.2.3.4]",
        "[ABCD::ef]",
        "[v1.a]",
        "[V1f.a:b]:80",
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

/// RFC 9112, 3.2.2: the authority of the target is checked in the same way as a `Host` header.
#[tokio::test]
async fn an_absolute_target_must_have_a_valid_authority() {
    let authorities = [
        "",
        "localhost:80x",
        "a@b@c",
        "u@a",
        "u:p@a",
        ":80",
        "a:65536",
        "a:80:80",
        "[12345::]",
        "[::1",
        "[v.a]",
        "a,b",
        "a%20b",
    ];
    for authority in authorities {
        for scheme in ["http", "https", "HTTP"] {
            for rest in ["", "/", "/a?b", "?b"] {
                let target = format!("{scheme}://{authority}{rest}");
                let request = format!("GET {target} HTTP/1.1\r\nhost: a\r\n\r\n");
                let cases: &[(&str, &[u8])] = &[(&target, request.as_bytes())];
                Probe::new().rejects(&[400], cases).await;
            }
        }
    }
}

/// RFC 9112, 3.2.2: the authority of the target replaces the `Host` header, even if a proxy kept a different one.
#[tokio::test]
async fn a_handler_sees_the_host_of_an_absolute_target() {
    let server = http::create_server(|req, res| async move {
        let host = |name| {
            req.headers
                .get(name)
                .map(|host| host.to_str().unwrap().to_owned())
        };
        let all: Vec<_> = req
            .headers
            .iter()
            .filter(|(name, _)| *name == "host")
            .collect();
        let seen = format!("{:?} {:?} {}", host("host"), host("Host"), all.len());
        res.send(seen)
    });
    let probe = Probe::of(move |_| server);
    for (target, version, host, seen) in [
        ("/", "1.1", "host: a\r\n", "a"),
        ("http://b:8080/", "1.1", "host: a\r\n", "b:8080"),
        ("http://b", "1.1", "HOST: a\r\n", "b"),
        ("https://[::1]:1?q", "1.1", "Host: a\r\n", "[::1]:1"),
        ("HTTP://b/", "1.1", "host: b\r\n", "b"),
        ("http://b/", "1.0", "", "b"),
        ("http://b/", "1.0", "host: a\r\n", "b"),
    ] {
        let request = format!("GET {target} HTTP/{version}\r\n{host}\r\n");
        // The request is sent on a new connection, after a request with a different host, and after itself.
        let before = "GET / HTTP/1.1\r\nhost: z\r\n\r\n";
        for request in [
            request.clone(),
            format!("{before}{request}"),
            request.repeat(2),
        ] {
            let response = probe.exchange(request.as_bytes()).await;
            let expected = format!("Some({seen:?}) Some({seen:?}) 1");
            assert!(response.ends_with(&expected), "{target}: {response}");
        }
    }
}
