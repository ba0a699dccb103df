//! The lines of the access log.

use onward::http;
use onward::observe::AccessLog;
use onward::prelude::*;
use serde_json::Value;

use crate::client::{get, get_http2, request, send};
use crate::gate::Gate;
use crate::lines::Lines;
use crate::served::{Served, serve, soon};

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => "hello");
    route!("/empty" => ());
    route!("/products/{id: u32}" => format!("product {id}"));
    route!(POST "/upload" => {
        res.set_request_id("4711");
        let body = req.body.bytes().await?;
        body.len().to_string()
    });
    route!("/error" => Err::<&str, _>(std::io::Error::other("disk \"full\""))?);
}

fn logged(log: AccessLog) -> (Served, Lines) {
    let (log, lines) = Lines::of(log);
    let server = http::create_server(shop);
    log.observe(&server);
    (serve(server), lines)
}

/// The fields of a line in the Combined Log Format. Parsing a line that is not in this format panics.
struct Combined {
    client: String,
    time: String,
    quoted: Vec<Vec<u8>>,
    status: String,
    bytes: String,
}

impl Combined {
    fn parse(line: &str) -> Self {
        let (client, rest) = line.split_once(" - - [").unwrap();
        let (time, rest) = rest.split_once("] \"").unwrap();
        let (first, rest) = quoted(rest);
        let mut numbers = rest.trim_start().splitn(3, ' ');
        let (status, bytes) = (numbers.next().unwrap(), numbers.next().unwrap());
        let mut texts = vec![first];
        let mut rest = numbers.next().unwrap_or_default();
        while let Some(text) = rest.strip_prefix('"') {
            let (text, after) = quoted(text);
            texts.push(text);
            rest = after.strip_prefix(' ').unwrap_or(after);
        }
        assert_eq!(rest, "", "{line}");
        Self {
            client: client.to_owned(),
            time: time.to_owned(),
            quoted: texts,
            status: status.to_owned(),
            bytes: bytes.to_owned(),
        }
    }
}

/// Reads a text up to its closing quote. Returns the text without escapes, and the rest of the line.
fn quoted(line: &str) -> (Vec<u8>, &str) {
    let mut text = Vec::new();
    let mut bytes = line.bytes().enumerate();
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'"' => return (text, &line[index + 1..]),
            b'\\' => match bytes.next().unwrap() {
                (at, b'x') => {
                    text.push(u8::from_str_radix(&line[at + 1..at + 3], 16).unwrap());
                    bytes.nth(1);
                }
                (_, escaped) => text.push(escaped),
            },
            b' '..=b'~' => text.push(byte),
            _ => panic!("byte {byte} in {line:?}"),
        }
    }
    panic!("no closing quote in {line:?}");
}

#[tokio::test]
async fn a_line_has_the_common_format() {
    let (served, mut lines) = logged(AccessLog::common());
    for (request, line, status, bytes) in [
        ("/?a=1", "GET /?a=1 HTTP/1.1", "200", "5"),
        ("/empty", "GET /empty HTTP/1.1", "200", "-"),
        ("/products/7", "GET /products/7 HTTP/1.1", "200", "9"),
        ("/missing", "GET /missing HTTP/1.1", "404", "55"),
        ("/error", "GET /error HTTP/1.1", "500", "67"),
    ] {
        get(served.addr, request).await;
        let read = Combined::parse(&lines.next().await);
        assert_eq!(read.client, "127.0.0.1");
        assert_eq!(read.quoted, [line.as_bytes()]);
        assert_eq!((&*read.status, &*read.bytes), (status, bytes), "{request}");
        // `29/Nov/2026:18:14:03 +0000`
        assert_eq!(read.time.len(), 26);
        assert!(read.time.ends_with(" +0000"));
    }
}

#[tokio::test]
async fn a_line_has_the_combined_format() {
    let (served, mut lines) = logged(AccessLog::combined());
    let headers: [(&str, &[u8]); 2] = [("referer", b"https://a/"), ("user-agent", b"curl/8")];
    send(served.addr, request("GET", "/", &headers)).await;
    let read = Combined::parse(&lines.next().await);
    assert_eq!(
        read.quoted[1..],
        [b"https://a/".to_vec(), b"curl/8".to_vec()]
    );
    get(served.addr, "/").await;
    let read = Combined::parse(&lines.next().await);
    assert_eq!(read.quoted[1..], [b"-", b"-"]);
}

#[tokio::test]
async fn a_line_of_json_has_every_field() {
    let (served, mut lines) = logged(AccessLog::json());
    let body =
        "POST /upload HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\nconnection: close\r\n\r\nabc";
    send(served.addr, body).await;
    let read: Value = serde_json::from_str(&lines.next().await).unwrap();
    let time = read["time"].as_str().unwrap();
    assert_eq!((time.len(), &time[19..20], &time[23..]), (24, ".", "Z"));
    assert!(read["duration_ms"].as_f64().unwrap() < 60_000.0);
    assert!(read["time_to_head_ms"].as_f64() <= read["duration_ms"].as_f64());
    for (key, expected) in [
        ("client", Value::from("127.0.0.1")),
        ("method", "POST".into()),
        ("url", "/upload".into()),
        ("route", "/upload".into()),
        ("version", "HTTP/1.1".into()),
        ("status", 200.into()),
        ("outcome", "complete".into()),
        ("request_bytes", 3.into()),
        ("response_bytes", 1.into()),
        ("referer", Value::Null),
        ("user_agent", Value::Null),
        ("request_id", "4711".into()),
        ("cause", Value::Null),
    ] {
        assert_eq!(read[key], expected, "{key}");
    }
    get(served.addr, "/error").await;
    let read: Value = serde_json::from_str(&lines.next().await).unwrap();
    assert_eq!(read["cause"], "500 Internal Server Error: disk \"full\"");
    assert_eq!(read["route"], "/error");
}

#[tokio::test]
async fn a_line_names_the_protocol() {
    let (served, mut lines) = logged(AccessLog::common());
    get_http2(served.addr, "GET", "/", &[]).await;
    let read = Combined::parse(&lines.next().await);
    assert_eq!(read.quoted, [b"GET / HTTP/2.0"]);
    send(served.addr, "GET / HTTP/1.0\r\n\r\n").await;
    let read = Combined::parse(&lines.next().await);
    assert_eq!(read.quoted, [b"GET / HTTP/1.0"]);
}

#[tokio::test]
async fn a_client_that_disconnects_has_no_status() {
    let (log, mut lines) = Lines::of(AccessLog::common());
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            gate.pass().await;
            res.send("hello")
        }
    });
    log.observe(&server);
    let served = serve(server);
    let client = tokio::spawn(get(served.addr, "/slow"));
    gate.reached().await;
    client.abort();
    let read = Combined::parse(&lines.next().await);
    assert_eq!((&*read.status, &*read.bytes), ("-", "-"));
}

/// Text that clients send to forge lines in logs, to end quoted texts, and to control terminals.
const HOSTILE: [&[u8]; 10] = [
    b"\" 200 1\" \"forged\" \"",
    b"\\\" \\\\ \\",
    b"a\tb",
    b"\x80\x9b31m\xff",
    "é\u{85}\u{2028}\u{202e}".as_bytes(),
    b"%0d%0a127.0.0.1 - - [forged]",
    b"\xe2\x80",
    b"${jndi:ldap://a}",
    b"{\"status\":200},\"x\":\"",
    b"' or 1=1 --",
];

#[tokio::test]
async fn text_of_clients_cannot_end_a_line_or_a_quoted_text() {
    let (served, mut lines) = logged(AccessLog::combined());
    for text in HOSTILE {
        let headers = [("referer", text), ("user-agent", text)];
        send(served.addr, request("GET", "/", &headers)).await;
        let line = lines.next().await;
        let read = Combined::parse(&line);
        assert_eq!(read.quoted[0], b"GET / HTTP/1.1");
        assert_eq!(read.quoted[1..], [text, text], "{line}");
        get_http2(served.addr, "GET", "/", &headers).await;
        let read = Combined::parse(&lines.next().await);
        assert_eq!(read.quoted[1..], [text, text]);
    }
}

#[tokio::test]
async fn text_of_clients_is_one_json_string() {
    let (served, mut lines) = logged(AccessLog::json());
    for text in HOSTILE {
        send(served.addr, request("GET", "/", &[("user-agent", text)])).await;
        let line = lines.next().await;
        assert!(
            line.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
            "{line}"
        );
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["user_agent"], *String::from_utf8_lossy(text));
        assert_eq!(read.as_object().unwrap().len(), 16);
    }
}

#[tokio::test]
async fn methods_and_urls_are_escaped_as_well() {
    let (served, mut lines) = logged(AccessLog::combined());
    for (method, target) in [
        ("GET", "/?q=\\x22`{|}^"),
        ("GET", "/%22%0a%00%ff"),
        ("M-SEARCH", "/"),
        ("a'b!#$%&*+-.^_`|~", "/"),
        ("GET", "http://other.example/products/7?x=\\"),
    ] {
        send(served.addr, request(method, target, &[])).await;
        let read = Combined::parse(&lines.next().await);
        let expected = format!("{method} {target} HTTP/1.1");
        assert_eq!(String::from_utf8_lossy(&read.quoted[0]), expected);
    }
}

#[tokio::test]
async fn a_long_url_is_truncated() {
    let (served, mut lines) = logged(AccessLog::json());
    let long = format!("/{}", "a".repeat(12_000));
    get(served.addr, &long).await;
    let read: Value = serde_json::from_str(&lines.next().await).unwrap();
    assert_eq!(read["url"].as_str().unwrap().len(), 8 * 1024 + 3);
}

#[tokio::test]
async fn the_client_behind_a_trusted_proxy_is_logged() {
    let (log, mut lines) = Lines::of(AccessLog::common());
    let server = http::create_server(shop).trust_proxy(["127.0.0.1"]);
    log.observe(&server);
    let served = serve(server);
    let forwarded: [(&str, &[u8]); 1] = [("x-forwarded-for", b"6.6.6.6, 192.0.2.7")];
    send(served.addr, request("GET", "/", &forwarded)).await;
    assert_eq!(Combined::parse(&lines.next().await).client, "192.0.2.7");
}

#[tokio::test]
async fn a_log_can_be_removed_and_can_leave_requests_out() {
    let (log, lines) = Lines::of(AccessLog::common());
    let server = http::create_server(shop);
    let id = log.observe(&server);
    let chosen = log.clone();
    let served = serve(server.clone());
    get(served.addr, "/").await;
    assert!(server.off(event::Finish, id));
    server.on(event::Finish, move |finished| {
        if finished.route != Some("/") {
            chosen.write(finished);
        }
    });
    get(served.addr, "/").await;
    get(served.addr, "/empty").await;
    served.server.close();
    soon("the end of the server", served.server.closed()).await;
    server.remove_all_listeners();
    drop(log);
    let lines = lines.rest().await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].contains("GET /empty"));
}
