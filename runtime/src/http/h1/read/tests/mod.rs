use http::StatusCode;

use super::*;

pub(crate) mod property;
pub(crate) mod random;
pub(crate) mod sequence;

const RULES: Rules = Rules {
    size: 16 * 1024,
    count: 4,
    host: true,
};

fn read(head: &str) -> Result<Option<Head>, Flaw> {
    HeadReader::default().read(
        head.as_bytes(),
        RULES,
        &mut Known::default(),
        &mut Vec::new(),
    )
}

fn excerpt(head: &str) -> String {
    let mut excerpt = Vec::new();
    let head =
        HeadReader::default().read(head.as_bytes(), RULES, &mut Known::default(), &mut excerpt);
    head.expect("good").expect("whole");
    String::from_utf8(excerpt).expect("text")
}

fn framing(fields: &str) -> Result<Framing, Flaw> {
    let head = format!("POST / HTTP/1.1\r\nhost: a\r\n{fields}\r\n");
    let head = read(&head)?.expect("a whole head");
    Ok(head.framing)
}

#[test]
fn a_head_ends_with_an_empty_line() {
    let head = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let whole = Head {
        len: head.len(),
        framing: Framing::Length(0),
        length: None,
        content_type: None,
        special: false,
    };
    assert_eq!(read(head), Ok(Some(whole)));
    assert_eq!(read(&format!("{head}GET /")), Ok(Some(whole)));
}

#[test]
fn a_head_may_arrive_byte_by_byte() {
    let head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n";
    let mut reader = HeadReader::default();
    let mut excerpt = Vec::new();
    for len in 0..head.len() {
        let read = reader.read(&head[..len], RULES, &mut Known::default(), &mut excerpt);
        assert_eq!(read, Ok(None), "{len}");
    }
    let whole = reader.read(head, RULES, &mut Known::default(), &mut excerpt);
    let whole = whole.expect("good").expect("whole");
    assert_eq!(whole.framing, Framing::Length(7));
    assert_eq!(
        whole.length.map(|it| &head[it.range()]),
        Some(&b"Content-Length: 7\r\n"[..])
    );
    assert_eq!(excerpt, b"POST / HTTP/1.1\r\n");
}

#[test]
fn a_body_has_one_end() {
    assert_eq!(framing(""), Ok(Framing::Length(0)));
    assert_eq!(framing("content-length:\t12 \r\n"), Ok(Framing::Length(12)));
    assert_eq!(
        framing("Transfer-Encoding: Chunked\r\n"),
        Ok(Framing::Chunked)
    );
    for two in [
        "content-length: 2\r\ncontent-length: 2\r\n",
        "content-length: 2\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 2\r\n",
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: gzip\r\n",
        "transfer-encoding: \x0bchunked\r\n",
    ] {
        let flaw = framing(two).expect_err(two);
        assert_eq!(flaw.status(), StatusCode::BAD_REQUEST, "{two}");
    }
    let flaw = framing("transfer-encoding: gzip, chunked\r\n").expect_err("gzip");
    assert_eq!(flaw.status(), StatusCode::NOT_IMPLEMENTED);
}

#[test]
fn a_length_is_a_number() {
    for length in ["", "+2", "-1", "2, 2", "0x2", "2 2", "99999999999999999999"] {
        let field = format!("content-length: {length}\r\n");
        framing(&field).expect_err(length);
    }
}

#[test]
fn a_target_fits_its_method() {
    for (line, good) in [
        ("GET / HTTP/1.1", true),
        ("GET http://a/b HTTP/1.1", true),
        ("OPTIONS * HTTP/1.1", true),
        ("CONNECT a:80 HTTP/1.1", true),
        ("GET * HTTP/1.1", false),
        ("GET a:80 HTTP/1.1", false),
        ("GET abc HTTP/1.1", false),
        ("GET /a#b HTTP/1.1", false),
        ("CONNECT /a HTTP/1.1", false),
        ("get / HTTP/1.1", false),
        ("G\x01T / HTTP/1.1", false),
        ("G(T / HTTP/1.1", false),
        ("GET  / HTTP/1.1", false),
        ("GET / HTTP/1.2", false),
        ("GET /", false),
    ] {
        let head = format!("{line}\r\nhost: a\r\n\r\n");
        assert_eq!(read(&head).is_ok(), good, "{line}");
    }
}

#[test]
fn a_head_that_is_too_long_is_refused_before_it_ends() {
    let head = format!("GET /{} HTTP/1.1\r\n", "a".repeat(20_000));
    let flaw = read(&head[..17_000]).expect_err("too long");
    assert_eq!(flaw.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[test]
fn hyper_sees_what_it_goes_by() {
    let line = "POST /a HTTP/1.1\r\n";
    assert_eq!(
        excerpt(&format!("\r\n{line}Host: a\r\nAccept: b\r\n\r\n")),
        line
    );
    for field in [
        "Connection: close",
        "TE: trailers",
        "EXPECT: 100-continue",
        "Upgrade: x",
        "transfer-encoding: chunked",
    ] {
        let head = format!("{line}Host: a\r\n{field}\r\nx-{field}\r\n\r\n");
        assert_eq!(excerpt(&head), format!("{line}{field}\r\n"));
    }
}

#[test]
fn the_type_of_a_body_is_the_first_that_is_told() {
    let head = "POST / HTTP/1.1\r\nhost: a\r\nContent-Type: b\r\ncontent-type: c\r\n\r\n";
    let whole = read(head).expect("good").expect("whole");
    assert_eq!(whole.content_type.map(|it| &head[it.range()]), Some(" b"));
}

#[test]
fn a_header_is_a_name_and_text() {
    for (field, good) in [
        ("x-a: b\tc\r\n", true),
        ("x-a:\r\n", true),
        ("x!#$%&'*+-.^_`|~9: \u{e9}\r\n", true),
        ("x-a : b\r\n", false),
        (" x-a: b\r\n", false),
        ("\tx-a: b\r\n", false),
        ("x-a\r\n", false),
        (": b\r\n", false),
        ("x\u{e9}: b\r\n", false),
        ("x(a): b\r\n", false),
        ("x-a: b\rc\r\n", false),
        ("x-a: b\nc: d\r\n", false),
        ("x-a: b\0\r\n", false),
        ("x-a: \x0b\r\n", false),
        ("x-a: \x7f\r\n", false),
    ] {
        let head = format!("GET / HTTP/1.1\r\nhost: a\r\n{field}\r\n");
        assert_eq!(read(&head).is_ok(), good, "{field:?}");
    }
}

#[test]
fn headers_are_counted() {
    let head = |count: usize| {
        let more = "a: b\r\n".repeat(count - 1);
        format!("GET / HTTP/1.1\r\nhost: a\r\n{more}\r\n")
    };
    assert!(read(&head(RULES.count)).is_ok());
    let flaw = read(&head(RULES.count + 1)).expect_err("too many");
    assert_eq!(flaw.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}
