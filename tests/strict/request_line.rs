//! RFC 9112, 3: the request line.

use crate::probe::Probe;

fn requests(lines: &[&'static [u8]]) -> Vec<(String, Vec<u8>)> {
    let request = |line: &&[u8]| {
        let request = [*line, b"\r\nhost: a\r\n\r\n"].concat();
        (line.escape_ascii().to_string(), request)
    };
    lines.iter().map(request).collect()
}

async fn refuses(statuses: &[u16], lines: &[&'static [u8]]) {
    let requests = requests(lines);
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (what.as_str(), request.as_slice()))
        .collect();
    Probe::new().refuses(statuses, &cases).await;
}

async fn takes(line: &'static [u8], seen: &str) {
    let requests = requests(&[line]);
    let cases: Vec<_> = requests
        .iter()
        .map(|(what, request)| (what.as_str(), request.as_slice(), seen))
        .collect();
    Probe::new().takes(&cases).await;
}

#[tokio::test]
async fn one_space_is_between_its_parts() {
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
    // The last one is a line of its own before a field: a request line without any space.
    refuses(&[400], &lines[..13]).await;
}

#[tokio::test]
async fn a_version_we_do_not_speak_is_refused() {
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
    refuses(&[400, 505], &lines).await;
}

#[tokio::test]
async fn what_only_resembles_the_preface_of_http_2_is_refused() {
    let prefaces: [&[u8]; 4] = [
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\rX",
        b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
        b"\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"PRI /a HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    for preface in prefaces {
        Probe::new()
            .refuses(&[400, 505], &[("preface", preface)])
            .await;
    }
}

#[tokio::test]
async fn a_method_is_a_token() {
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
        // Methods are told apart by case, and none is in lower case. Node refuses these as well.
        b"get / HTTP/1.1",
        b"Get / HTTP/1.1",
    ];
    refuses(&[400], &lines).await;
    for method in ["M-SEARCH", "BREW", "!#$%&'*+-.^_`|~"] {
        let request = format!("{method} / HTTP/1.1\r\nhost: a\r\n\r\n");
        let seen = format!("{method} / \"\"");
        Probe::new()
            .takes(&[(method, request.as_bytes(), &seen)])
            .await;
    }
}

#[tokio::test]
async fn a_target_that_is_none_is_refused() {
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
    refuses(&[400], &lines).await;
}

#[tokio::test]
async fn connect_names_a_host_and_a_port() {
    let lines: [&[u8]; 3] = [
        b"CONNECT / HTTP/1.1",
        b"CONNECT * HTTP/1.1",
        b"CONNECT http://a/ HTTP/1.1",
    ];
    refuses(&[400], &lines).await;
}

/// RFC 9110, 2.5.
#[tokio::test]
async fn a_higher_minor_version_is_treated_as_http_1_1() {
    for line in [&b"GET / HTTP/1.2"[..], b"GET / HTTP/1.9"] {
        takes(line, "GET / \"\"").await;
    }
}

#[tokio::test]
async fn a_target_is_taken() {
    takes(b"OPTIONS * HTTP/1.1", "OPTIONS * \"\"").await;
    takes(b"GET /a?b=c&d=%20?/ HTTP/1.1", "GET /a?b=c&d=%20?/ \"\"").await;
    takes(b"GET //a/../b/./%zz HTTP/1.1", "GET //a/../b/./%zz \"\"").await;
    // RFC 9112, 3.2.2: what the target says goes before what `Host` says.
    takes(
        b"GET http://b:8080/p?q HTTP/1.1",
        "GET http://b:8080/p?q \"\"",
    )
    .await;
    takes(b"GET http://b HTTP/1.1", "GET http://b/ \"\"").await;
}
