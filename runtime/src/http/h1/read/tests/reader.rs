//! Requests and bodies as a connection reads them.

use bytes::Bytes;
use http::Method;

use super::super::head_parser::ParserConfig;
use super::super::parse_error::{ChunkError, ParseError};
use super::super::request_reader::{ReceivedHead, RequestReader};
use crate::http::exchange::ReceivedBody;
use crate::http::request::channel::body_part::BodyPart;

const CONFIG: ParserConfig = ParserConfig {
    max_size: 1024,
    max_headers: 10,
    require_host: true,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn reader(bytes: &str) -> RequestReader {
    let mut reader = RequestReader::new(CONFIG);
    reader.receive(bytes.as_bytes());
    reader
}

/// Reads the next head, and returns it with its bytes.
fn next(reader: &mut RequestReader) -> (ReceivedHead, String) {
    let mut head = Vec::new();
    let received = reader
        .next_head(&mut head)
        .expect("valid")
        .expect("complete");
    (received, String::from_utf8(head).expect("text"))
}

fn is_waiting(reader: &mut RequestReader) -> bool {
    matches!(reader.next_head(&mut Vec::new()), Ok(None))
}

/// Returns the body data that has been received so far.
fn data(reader: &mut RequestReader) -> String {
    let mut data = Vec::new();
    while let Some(part) = reader.next_part().expect("valid") {
        data.extend_from_slice(part.data().expect("data"));
    }
    String::from_utf8(data).expect("text")
}

#[test]
fn requests_are_read_one_after_another() {
    let mut reader = reader(&format!("{GET}{GET}"));
    for heads in 1..3 {
        let (received, head) = next(&mut reader);
        assert_eq!(
            (received.method, received.body),
            (Method::GET, ReceivedBody::None)
        );
        assert_eq!(head, GET);
        assert_eq!(reader.heads(), heads);
    }
    assert!(is_waiting(&mut reader) && !reader.has_begun());
}

#[test]
fn an_incomplete_head_needs_more_input() {
    let mut reader = reader(&GET[..20]);
    assert!(is_waiting(&mut reader) && reader.has_begun());
    reader.receive(&GET.as_bytes()[20..]);
    assert_eq!(next(&mut reader).1, GET);
}

#[test]
fn a_body_that_was_received_with_its_head_is_whole() {
    let post = "POST / HTTP/1.1\r\nContent-Length: 5\r\nHost: a\r\n\r\n";
    let mut reader = reader(&format!("{post}hello{GET}"));
    let (received, head) = next(&mut reader);
    let body = Bytes::from_static(b"hello");
    assert_eq!(received.body, ReceivedBody::Whole(body));
    assert_eq!(head, post);
    assert_eq!(next(&mut reader).1, GET);
}

#[test]
fn a_body_that_follows_is_read_as_it_arrives() {
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
    let mut reader = reader(&format!("{post}hell"));
    let (received, _) = next(&mut reader);
    assert_eq!(received.body, ReceivedBody::Following(Some(5)));
    assert!(reader.is_in_body() && is_waiting(&mut reader));
    assert_eq!(data(&mut reader), "hell");
    reader.receive(format!("o{GET}").as_bytes());
    assert_eq!(data(&mut reader), "o");
    assert!(!reader.is_in_body());
    assert_eq!(next(&mut reader).1, GET);
}

#[test]
fn a_body_with_expect_100_continue_is_never_taken_with_its_head() {
    let post = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
    let mut reader = reader(&format!("{post}hello"));
    let (received, _) = next(&mut reader);
    assert_eq!(received.body, ReceivedBody::Following(Some(5)));
    assert_eq!(data(&mut reader), "hello");
}

#[test]
fn the_trailers_of_a_chunked_body_follow_its_data() {
    let post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = "2\r\nhi\r\n0\r\nx-a: 1\r\n\r\n";
    let bytes = format!("{post}{body}{GET}");
    for split in post.len()..bytes.len() {
        let mut reader = reader(&bytes[..split]);
        assert_eq!(next(&mut reader).0.body, ReceivedBody::Following(None));
        let mut parts = Vec::new();
        while let Some(part) = reader.next_part().expect("valid") {
            parts.push(part);
        }
        reader.receive(&bytes.as_bytes()[split..]);
        while let Some(part) = reader.next_part().expect("valid") {
            parts.push(part);
        }
        let trailers = parts.pop().expect("a part");
        let BodyPart::TrailerLines(lines) = trailers else {
            panic!("{trailers:?} are not trailers");
        };
        assert_eq!(lines, "x-a: 1\r\n", "{split}");
        let data = parts.iter().map(|it| it.data().expect("data").to_vec());
        assert_eq!(data.collect::<Vec<_>>().concat(), b"hi", "{split}");
        assert_eq!(next(&mut reader).1, GET);
    }
}

#[test]
fn nothing_is_read_after_an_invalid_body() {
    let post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut reader = reader(&format!("{post}2\r\nhi!\r\n0\r\n\r\n{GET}"));
    next(&mut reader);
    assert!(matches!(
        reader.next_part(),
        Err(ParseError::Chunk(ChunkError::TooLong))
    ));
    assert_eq!(reader.error(), Some(ParseError::Chunk(ChunkError::TooLong)));
    assert!(reader.next_head(&mut Vec::new()).is_err());
}

#[test]
fn a_rejected_head_request_is_recognized() {
    for (bytes, is_head) in [
        ("HEAD / HTTP/1.1\r\n\r\n", true),
        ("\r\nHEAD /#a HTTP/1.1\r\n", true),
        ("GET / HTTP/1.1\r\n\r\n", false),
        ("HEADER / HTTP/1.1\r\n\r\n", false),
        ("\r\rHEAD / HTTP/1.1\r\n\r\n", false),
    ] {
        let mut reader = reader(bytes);
        assert!(reader.next_head(&mut Vec::new()).is_err());
        assert_eq!(reader.is_head_request_next(), is_head, "{bytes}");
    }
}
