//! httparse accepts every head that the parser accepts, and reads the same headers.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use super::super::head_parser::{HeadParser, ParserConfig};
use super::super::header_cache::HeaderCache;
use super::random::Random;
use crate::http::request::raw_head::RawHead;

const CONFIG: ParserConfig = ParserConfig {
    max_size: 1024,
    max_headers: 10,
    require_host: false,
};

#[test]
fn httparse_agrees_on_every_accepted_head() {
    let mut random = Random(7);
    let mut accepted = 0;
    for _ in 0..200_000 {
        let head = head(&mut random);
        let read = HeadParser::default().parse(&head, CONFIG, &mut HeaderCache::default());
        let Ok(Some(whole)) = read else {
            continue;
        };
        accepted += 1;
        let head = Bytes::from(head).slice(..whole.len());
        let content_type = whole.content_type().map(|it| head[it.range()].trim_ascii());
        let mut all = parsed(&head);
        let first = all.get("content-type").map(HeaderValue::as_bytes);
        assert_eq!(content_type, first);
        if head.trim_ascii_start().starts_with(b"POST") {
            // The host of the target takes precedence.
            all.insert("host", HeaderValue::from_static("a"));
        }
        let shown = String::from_utf8_lossy(&head);
        assert_eq!(**RawHead::with_head(&head).map(), all, "{shown:?}");
    }
    assert!(accepted > 10_000, "{accepted} of 200,000 were accepted");
}

const SPECIAL: [&str; 6] = [
    "connection",
    "content-length",
    "expect",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Returns the headers that httparse reads.
fn parsed(head: &[u8]) -> HeaderMap {
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut request = httparse::Request::new(&mut headers);
    let status = request.parse(head);
    let shown = String::from_utf8_lossy(head);
    assert_eq!(
        status,
        Ok(httparse::Status::Complete(head.len())),
        "{shown:?}"
    );
    let mut map = HeaderMap::new();
    for header in request.headers {
        let name = http::HeaderName::from_bytes(header.name.as_bytes()).expect("a name");
        let value = HeaderValue::from_bytes(header.value).expect("a value");
        map.append(name, value);
    }
    map
}

/// Returns a random head that is often valid.
fn head(random: &mut Random) -> Vec<u8> {
    let mut head = Vec::new();
    for _ in 0..random.below(3) / 2 {
        head.extend_from_slice(random.one_of(&[b"\r\n", b"\r\n", b"\n"]));
    }
    head.extend_from_slice(random.one_of(&[b"GET / HTTP/1.1", b"POST http://a/ HTTP/1.0"]));
    head.extend_from_slice(line_end(random));
    for _ in 0..random.below(5) {
        head.extend_from_slice(&name(random));
        head.extend_from_slice(random.one_of(&[b":", b":", b": ", b":\t ", b": ", b" :", b""]));
        head.extend_from_slice(&value(random));
        head.extend_from_slice(line_end(random));
    }
    head.extend_from_slice(line_end(random));
    head.extend_from_slice(random.one_of(&[b"", b"", b"a: b\r\n\r\n"]));
    head
}

fn line_end(random: &mut Random) -> &'static [u8] {
    match random.below(60) {
        0 => b"\n",
        1 => b"\r",
        2 => b"\r\r\n",
        3 => b"",
        _ => b"\r\n",
    }
}

fn name(random: &mut Random) -> Vec<u8> {
    if random.below(9) == 0 {
        return b"Content-Type".to_vec();
    }
    if random.below(2) == 0 {
        let name = SPECIAL[random.below(SPECIAL.len())].as_bytes();
        return match random.below(3) {
            0 => name.to_ascii_uppercase(),
            1 => [name, b"x"].concat(),
            _ => name.to_vec(),
        };
    }
    text(
        random,
        b"aAz0-_!~^`|'.Xx-aAz0-_!~^`|'. :(@\"\\{\x7f\x80\xff\0\t",
    )
}

fn value(random: &mut Random) -> Vec<u8> {
    match random.below(3) {
        0 => b"7".to_vec(),
        1 => b"chunked".to_vec(),
        _ => text(
            random,
            b"ab c,;:=\"\xe9ab c,;:=\"\xe9ab c,;:=\"\xe9\t\t\x01\x7f",
        ),
    }
}

fn text(random: &mut Random, of: &[u8]) -> Vec<u8> {
    let len = random.below(7);
    (0..len).map(|_| of[random.below(of.len())]).collect()
}
