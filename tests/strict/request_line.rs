//! RFC 9112, 3: the request line.

use onward::http;
use onward::prelude::*;

use crate::probe::Probe;

fn requests(lines: &[&'static [u8]]) -> Vec<(String, Vec<u8>)> {
    let request = |line: &&[u8]| {
        let request = [*line, b"\r\nhost: a\r\n\r\n"].concat();
        (line.escape_ascii().to_string(), request)
    };
    lines.iter().map(request).collect()
}

async fn rejects(statuses: &[u16], lines: &[&'static [u8]]) {
    let requests = requests(lines);
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (what.as_str(), request.as_slice()))
        .collect();
    Probe::new().rejects(statuses, &cases).await;
}

async fn accepts(line: &'static [u8], seen: &str) {
    let requests = requests(&[line]);
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (what.as_str(), request.as_slice(), seen))
        .collect();
    Probe::new().accepts(&cases).await;
}

#[tokio::test]
async fn the_parts_are_separated_by_one_space() {
    let lines: [&[u8]; 14] = [
        b"GET  / HTTP/1.1",
        b"GET /  HTTP/1.1",
        b"GET / HTTP/1.1 ",
        b"GET / HTTP/1.1\t",
        b"GET\t/ HTTP/1.1",
        b"GET /\tHTTP/1.1",
        b"GET\x0b/ HTTP/1.1",
        b" GET / HTTP/1.1",
        b"\tGET / HTTP/1.1",
        b"GET / HTTP/1.1 x",
        b"GET",
        b"GET ",
        b"GARBAGE",
        b"",
    ];
    // The last line is not sent: an empty line before a request is ignored, so the `host` field would be taken for the
    // request line.
    rejects(&[400], &lines[..13]).await;
}

#[tokio::test]
async fn an_unsupported_version_is_rejected() {
    let lines: [&[u8]; 13] = [
        b"GET /",
        b"GET / HTTP/0.9",
        b"GET / HTTP/2.0",
        b"GET / HTTP/2",
        b"GET / HTTP/3.0",
        b"GET / HTTP/1",
        b"GET / HTTP/1.10",
        b"GET / HTTP/11.1",
        b"GET / HTTP/01.1",
        b"GET / http/1.1",
        b"GET / HTTP/1,1",
        b"GET / HTTP /1.1",
        b"GET / HTTPS/1.1",
    ];
    rejects(&[400, 505], &lines).await;
}

#[tokio::test]
async fn what_only_resembles_the_preface_of_http_2_is_rejected() {
    let prefaces: [&[u8]; 4] = [
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\rX",
        b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
        b"\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"PRI /a HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    for preface in prefaces {
        Probe::new()
            .rejects(&[400, 505], &[("preface", preface)])
            .await;
    }
}

#[tokio::test]
async fn an_invalid_method_is_rejected() {
    let lines: [&[u8]; 11] = [
        b"G(T / HTTP/1.1",
        b"G@T / HTTP/1.1",
        b"\"GET\" / HTTP/1.1",
        b"GET: / HTTP/1.1",
        b"{} / HTTP/1.1",
        b"G\x01T / HTTP/1.1",
        b"G\0T / HTTP/1.1",
        b"G\xc9T / HTTP/1.1",
        b"GET/ / HTTP/1.1",
        // Methods are case-sensitive, and standard methods are uppercase. Node also rejects these methods.
        b"get / HTTP/1.1",
        b"Get / HTTP/1.1",
    ];
    rejects(&[400], &lines).await;
    for method in ["M-SEARCH", "BREW", "!#$%&'*+-.^_`|~"] {
        let request = format!("{method} / HTTP/1.1\r\nhost: a\r\n\r\n");
        let seen = format!("{method} / \"\"");
        Probe::new()
            .accepts(&[(method, request.as_bytes(), &seen)])
            .await;
    }
}

#[tokio::test]
async fn an_invalid_target_is_rejected() {
    let lines: [&[u8]; 18] = [
        b"GET * HTTP/1.1",
        b"POST * HTTP/1.1",
        b"GET a HTTP/1.1",
        b"GET a:80 HTTP/1.1",
        b"GET a/b HTTP/1.1",
        b"GET ?x HTTP/1.1",
        b"GET http:// HTTP/1.1",
        b"GET http:///x HTTP/1.1",
        b"GET /a#b HTTP/1.1",
        b"GET /a b HTTP/1.1",
        b"GET /a\tb HTTP/1.1",
        b"GET /a\x01b HTTP/1.1",
        b"GET /a\0b HTTP/1.1",
        b"GET /a\x7fb HTTP/1.1",
        b"GET /caf\xe9 HTTP/1.1",
        b"GET /caf\xc3\xa9 HTTP/1.1",
        b"OPTIONS ** HTTP/1.1",
        b"OPTIONS *a HTTP/1.1",
    ];
    rejects(&[400], &lines).await;
}

#[tokio::test]
async fn connect_requires_a_host_and_a_port() {
    let lines: [&[u8]; 3] = [
        b"CONNECT / HTTP/1.1",
        b"CONNECT * HTTP/1.1",
        b"CONNECT http://a/ HTTP/1.1",
    ];
    rejects(&[400], &lines).await;
}

/// RFC 9110, 9.3.6: there is no default port.
#[tokio::test]
async fn connect_must_name_a_port_that_can_be_connected_to() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    server.on(event::Connect, |_| panic!("no tunnel can be made"));
    let served = Probe::of(move |_| server);
    let lines: [&[u8]; 14] = [
        b"CONNECT a HTTP/1.1",
        b"CONNECT a: HTTP/1.1",
        b"CONNECT a:0 HTTP/1.1",
        b"CONNECT a:00000 HTTP/1.1",
        b"CONNECT a:99999 HTTP/1.1",
        b"CONNECT a:65536 HTTP/1.1",
        b"CONNECT a:+80 HTTP/1.1",
        b"CONNECT a:8x HTTP/1.1",
        b"CONNECT a:80:80 HTTP/1.1",
        b"CONNECT :80 HTTP/1.1",
        b"CONNECT u@a:80 HTTP/1.1",
        b"CONNECT [::1] HTTP/1.1",
        b"CONNECT ::1:80 HTTP/1.1",
        b"CONNECT a:80/ HTTP/1.1",
    ];
    let requests = requests(&lines);
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (what.as_str(), request.as_slice()))
        .collect();
    served.rejects(&[400], &cases).await;
}

/// A method is any token; a standard method in a different case is an error (RFC 9110, 9.1).
#[tokio::test]
async fn a_method_may_have_any_case() {
    for method in ["Foo", "foo", "fOO-1", "getx", "Query"] {
        let request = format!("{method} / HTTP/1.1\r\nhost: a\r\n\r\n");
        let seen = format!("{method} / \"\"");
        Probe::new()
            .accepts(&[(method, request.as_bytes(), &seen)])
            .await;
    }
    for method in [
        "get", "Post", "pUT", "delete", "head", "Options", "patch", "trace", "connect",
    ] {
        let request = format!("{method} / HTTP/1.1\r\nhost: a\r\n\r\n");
        let cases: &[(&str, &[u8])] = &[(method, request.as_bytes())];
        Probe::new().rejects(&[400], cases).await;
    }
}

/// RFC 3986 does not allow these characters anywhere. Browsers send some of them in queries, where they do no harm.
#[tokio::test]
async fn characters_that_no_url_may_contain_are_rejected() {
    for byte in *b"\"<>\\^`{|}#\x00\x09\x1f\x7f\x80\xff" {
        for (begin, end) in [("/", ""), ("/a", "b"), ("/a/", "?x"), ("http://b/", "")] {
            let target = [begin.as_bytes(), &[byte], end.as_bytes()].concat();
            let request = [b"GET ", &target[..], b" HTTP/1.1\r\nhost: a\r\n\r\n"].concat();
            let shown = target.escape_ascii().to_string();
            Probe::new().rejects(&[400], &[(&shown, &request)]).await;
        }
    }
    for byte in *b"\"<>#\x7f\xff" {
        let request = [b"GET /?a", &[byte][..], b" HTTP/1.1\r\nhost: a\r\n\r\n"].concat();
        let shown = request.escape_ascii().to_string();
        Probe::new().rejects(&[400], &[(&shown, &request)]).await;
    }
    accepts(
        b"GET /?a={b}|c^d`e\\f HTTP/1.1",
        "GET /?a={b}|c^d`e\\f \"\"",
    )
    .await;
    accepts(
        b"GET /a~!$&'()*+,;=:@-._ HTTP/1.1",
        "GET /a~!$&'()*+,;=:@-._ \"\"",
    )
    .await;
}

/// A client that speaks a different protocol is rejected immediately.
#[tokio::test]
async fn what_cannot_become_a_request_line_is_rejected_at_once() {
    // The timeout is off, so it cannot be what rejects the request.
    let probe = Probe::of(|server| server.headers_timeout(None));
    let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
    probe
        .refuses_early(&[
            hello,
            b"\x80\x2e\x01\x03\x01",
            b"\0",
            b"\xff\xfe",
            b" GET",
            b"\r\n\x16\x03",
            b"G\x01",
            b"GET\t",
            b"G(T",
            b"{\"a\":",
            b"<?xml",
            b"GET  ",
            b"GET /a\x7f",
            b"GET /caf\xc3\xa9",
            b"GET /<",
            b"GET / FTP",
            b"GET / HTTP/2",
            b"GET / HTTP/1.1 ",
        ])
        .await;
}

/// RFC 9110, 2.5.
#[tokio::test]
async fn a_higher_minor_version_is_treated_as_http_1_1() {
    for line in [&b"GET / HTTP/1.2"[..], b"GET / HTTP/1.3", b"GET / HTTP/1.9"] {
        accepts(line, "GET / \"\"").await;
    }
}

#[tokio::test]
async fn a_valid_target_is_accepted() {
    accepts(b"OPTIONS * HTTP/1.1", "OPTIONS * \"\"").await;
    accepts(b"GET /a?b=c&d=%20?/ HTTP/1.1", "GET /a?b=c&d=%20?/ \"\"").await;
    accepts(b"GET //a/../b/./%zz HTTP/1.1", "GET //a/../b/./%zz \"\"").await;
    // RFC 9112, 3.2.2: the authority of the target takes precedence over `Host`.
    accepts(
        b"GET http://b:8080/p?q HTTP/1.1",
        "GET http://b:8080/p?q \"\"",
    )
    .await;
    accepts(b"GET http://b HTTP/1.1", "GET http://b/ \"\"").await;
}
