use http::StatusCode;

use super::head_parser::{HeadParser, ParserConfig};
use super::header_cache::HeaderCache;
use super::parse_error::ParseError;
use super::request_head::{BodyFraming, RequestHead};
use crate::http::exchange::request_kind::RequestKind;

mod property;
mod random;
mod reader;
mod sequence;

const CONFIG: ParserConfig = ParserConfig {
    max_size: 16 * 1024,
    max_headers: 4,
    require_host: true,
};

fn parse(head: &str) -> Result<Option<RequestHead>, ParseError> {
    HeadParser::default().parse(head.as_bytes(), CONFIG, &mut HeaderCache::default())
}

fn framing(fields: &str) -> Result<BodyFraming, ParseError> {
    let head = format!("POST / HTTP/1.1\r\nhost: a\r\n{fields}\r\n");
    let head = parse(&head)?.expect("a whole head");
    Ok(head.fields.framing)
}

#[test]
fn a_head_ends_with_an_empty_line() {
    let head = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let whole = parse(head).expect("valid").expect("complete");
    assert_eq!(whole.len(), head.len());
    assert_eq!(&head[whole.line.target.range()], "/");
    assert_eq!(&head[whole.line.method().range()], "GET");
    assert_eq!(parse(&format!("{head}GET /")), Ok(Some(whole)));
}

#[test]
fn a_head_may_arrive_byte_by_byte() {
    let head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n";
    let mut parser = HeadParser::default();
    let cache = &mut HeaderCache::default();
    for len in 0..head.len() {
        assert_eq!(parser.parse(&head[..len], CONFIG, cache), Ok(None), "{len}");
    }
    let whole = parser.parse(head, CONFIG, cache);
    let whole = whole.expect("valid").expect("complete");
    assert_eq!(whole.fields.framing, BodyFraming::Length(7));
    assert_eq!(whole.len(), head.len());
}

#[test]
fn a_body_has_exactly_one_length() {
    assert_eq!(framing(""), Ok(BodyFraming::Length(0)));
    assert_eq!(
        framing("content-length:\t12 \r\n"),
        Ok(BodyFraming::Length(12))
    );
    assert_eq!(
        framing("Transfer-Encoding: Chunked\r\n"),
        Ok(BodyFraming::Chunked)
    );
    for two in [
        "content-length: 2\r\ncontent-length: 2\r\n",
        "content-length: 2\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 2\r\n",
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: gzip\r\n",
        "transfer-encoding: \x0bchunked\r\n",
    ] {
        let error = framing(two).expect_err(two);
        assert_eq!(error.status(), StatusCode::BAD_REQUEST, "{two}");
    }
    let error = framing("transfer-encoding: gzip, chunked\r\n").expect_err("gzip");
    assert_eq!(error.status(), StatusCode::NOT_IMPLEMENTED);
}

#[test]
fn an_invalid_content_length_is_rejected() {
    for length in ["", "+2", "-1", "2, 2", "0x2", "2 2", "99999999999999999999"] {
        let field = format!("content-length: {length}\r\n");
        framing(&field).expect_err(length);
    }
}

#[test]
fn the_form_of_a_target_depends_on_the_method() {
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
        ("GET / HTTP/1.2", true),
        ("GET / HTTP/2.0", false),
        ("Foo / HTTP/1.1", true),
        ("GET http://a@b/ HTTP/1.1", false),
        ("GET http://a:80x/ HTTP/1.1", false),
        ("CONNECT a HTTP/1.1", false),
        ("GET /", false),
    ] {
        let head = format!("{line}\r\nhost: a\r\n\r\n");
        assert_eq!(parse(&head).is_ok(), good, "{line}");
    }
}

#[test]
fn a_head_that_is_too_long_is_rejected_before_its_end() {
    let head = format!("GET /{} HTTP/1.1\r\n", "a".repeat(20_000));
    let error = parse(&head[..17_000]).expect_err("too long");
    assert_eq!(error.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[test]
fn the_client_declares_whether_the_connection_is_kept() {
    for (version, field, kept) in [
        ("1.1", "", true),
        ("1.1", "connection: close\r\n", false),
        ("1.1", "Connection: x,\tClose\r\n", false),
        ("1.1", "connection: closed\r\n", true),
        ("1.0", "", false),
        ("1.0", "connection: Keep-Alive\r\n", true),
        ("1.0", "connection: keep-alive, close\r\n", false),
    ] {
        let head = format!("GET / HTTP/{version}\r\nhost: a\r\n{field}\r\n");
        let head = parse(&head).expect("valid").expect("complete");
        assert_eq!(head.is_persistent(), kept, "{version} {field}");
    }
}

#[test]
fn headers_determine_the_kind_of_a_request() {
    let upgrade = "connection: upgrade\r\nupgrade: echo\r\n";
    for (line, fields, kind) in [
        ("GET / HTTP/1.1", "", RequestKind::Plain),
        ("GET / HTTP/1.1", upgrade, RequestKind::Upgrade),
        ("GET / HTTP/1.0", upgrade, RequestKind::Plain),
        ("GET / HTTP/1.1", "upgrade: echo\r\n", RequestKind::Plain),
        (
            "GET / HTTP/1.1",
            "connection: upgrade\r\nupgrade:\r\n",
            RequestKind::Plain,
        ),
        (
            "GET / HTTP/1.1",
            "connection: upgrade\r\nupgrade: ,\r\n",
            RequestKind::Plain,
        ),
        ("CONNECT a:1 HTTP/1.1", "", RequestKind::Connect),
        (
            "POST / HTTP/1.1",
            "expect: 100-Continue\r\n",
            RequestKind::ExpectContinue,
        ),
        (
            "POST / HTTP/1.1",
            "expect: , 100-continue\r\n",
            RequestKind::ExpectContinue,
        ),
        ("POST / HTTP/1.1", "expect: ,\r\n", RequestKind::Plain),
        (
            "POST / HTTP/1.1",
            "expect: 100-continue, x\r\n",
            RequestKind::UnknownExpectation,
        ),
        (
            "POST / HTTP/1.0",
            "expect: 100-continue\r\n",
            RequestKind::Plain,
        ),
    ] {
        let head = format!("{line}\r\nhost: a\r\n{fields}\r\n");
        let head = parse(&head).expect("valid").expect("complete");
        assert_eq!(head.fields.kind, kind, "{line} {fields}");
    }
}

#[test]
fn a_connect_request_with_a_body_is_rejected() {
    for field in ["content-length: 1\r\n", "transfer-encoding: chunked\r\n"] {
        let head = format!("CONNECT a:1 HTTP/1.1\r\nhost: a\r\n{field}\r\n");
        assert_eq!(parse(&head), Err(ParseError::ConnectBody));
    }
}

#[test]
fn the_first_content_type_applies() {
    let head = "POST / HTTP/1.1\r\nhost: a\r\nContent-Type: b\r\ncontent-type: c\r\n\r\n";
    let whole = parse(head).expect("valid").expect("complete");
    assert_eq!(whole.content_type().map(|it| &head[it.range()]), Some(" b"));
}

#[test]
fn an_invalid_header_line_is_rejected() {
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
        assert_eq!(parse(&head).is_ok(), good, "{field:?}");
    }
}

#[test]
fn the_number_of_headers_is_limited() {
    let head = |count: usize| {
        let more = "a: b\r\n".repeat(count - 1);
        format!("GET / HTTP/1.1\r\nhost: a\r\n{more}\r\n")
    };
    assert!(parse(&head(CONFIG.max_headers)).is_ok());
    let error = parse(&head(CONFIG.max_headers + 1)).expect_err("too many");
    assert_eq!(error.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[test]
fn a_request_line_is_checked_from_its_beginning_after_another_that_arrived_in_pieces() {
    let head = b"GET /long HTTP/1.1\r\nhost: a\r\n\r\n";
    let mut parser = HeadParser::default();
    let cache = &mut HeaderCache::default();
    for len in [head.len(), 15, head.len()] {
        parser.parse(&head[..len], CONFIG, cache).expect("valid");
    }
    for (line, error) in [
        (&b"GET \x01"[..], Some(ParseError::NotHttp)),
        (b"\r\n", None),
    ] {
        let parsed = parser.parse(line, CONFIG, cache);
        assert_eq!(parsed.err(), error);
        parser = HeadParser::default();
    }
}

/// Returns the error of a head that arrives byte by byte.
fn error_in_pieces(head: &[u8]) -> Option<ParseError> {
    let mut parser = HeadParser::default();
    let cache = &mut HeaderCache::default();
    (0..=head.len()).find_map(|len| parser.parse(&head[..len], SMALL, cache).err())
}

const SMALL: ParserConfig = ParserConfig {
    max_size: 64,
    ..CONFIG
};

#[test]
fn an_error_does_not_depend_on_how_a_head_arrives() {
    let long = "a".repeat(64);
    let too_long = format!("GET / HTTP/1.1\r\nx: {long}\r\nx y: 1\r\n\r\n");
    for (head, error) in [
        ("GET /\u{de} HTTP/1.1\r\n\r\n", ParseError::TargetCharacter),
        ("GET / HTTP/1.\u{de}\r\n\r\n", ParseError::Version),
        ("GET\t/ HTTP/1.1\r\n\r\n", ParseError::RequestLine),
        ("\r\n(GET / HTTP/1.1\r\n\r\n", ParseError::NotHttp),
        ("GET \x01\nGET", ParseError::NotHttp),
        ("GET /\n\x01GET", ParseError::BareLf),
        ("GET /\rGET", ParseError::BareCr),
        (&too_long, ParseError::HeadTooLong),
    ] {
        let whole =
            HeadParser::default().parse(head.as_bytes(), SMALL, &mut HeaderCache::default());
        assert_eq!(whole.err(), Some(error), "{head:?}");
        assert_eq!(error_in_pieces(head.as_bytes()), Some(error), "{head:?}");
    }
}
