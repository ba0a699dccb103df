//! The heads of one connection: the header cache does not change their meaning.

use super::super::head_parser::{HeadParser, ParserConfig};
use super::super::header_cache::HeaderCache;
use super::super::request_line::RequestLine;
use super::random::Random;

/// A parser with a cache and one without, which are compared.
struct Both {
    config: ParserConfig,
    cache: HeaderCache,
    /// The number of heads whose headers were cached.
    hits: usize,
    accepted: usize,
    rejected: usize,
}

impl Both {
    fn new(config: ParserConfig) -> Self {
        Self {
            config,
            cache: HeaderCache::default(),
            hits: 0,
            accepted: 0,
            rejected: 0,
        }
    }

    fn is_cached(&self, bytes: &[u8]) -> bool {
        let line = RequestLine::read_usual(bytes);
        line.is_some_and(|line| self.cache.lookup(&bytes[line.end..]).is_some())
    }

    /// Parses the next head while it arrives: `arrivals` are the numbers of bytes received before each attempt.
    fn parse(&mut self, bytes: &[u8], arrivals: &[usize]) {
        let mut parser = HeadParser::default();
        let mut without_cache = HeadParser::default();
        let mut is_fresh = true;
        for &len in arrivals {
            let bytes = &bytes[..len];
            let empty = &mut HeaderCache::default();
            let expected = without_cache.parse(bytes, self.config, empty);
            let hit = is_fresh && self.is_cached(bytes);
            is_fresh = RequestLine::read_usual(bytes).is_none();
            let parsed = parser.parse(bytes, self.config, &mut self.cache);
            let shown = String::from_utf8_lossy(bytes);
            assert_eq!(parsed, expected, "{arrivals:?} of {shown:?}");
            match parsed {
                Ok(None) => {}
                Ok(Some(_)) => {
                    self.accepted += 1;
                    self.hits += usize::from(hit);
                    return;
                }
                Err(_) => {
                    self.rejected += 1;
                    return;
                }
            }
        }
    }
}

#[test]
fn the_cache_does_not_change_the_result() {
    let mut random = Random(11);
    let (mut hits, mut accepted, mut rejected) = (0, 0, 0);
    for _ in 0..30_000 {
        let mut both = Both::new(ParserConfig {
            max_size: random.one_of(&[300, 1024, 16 * 1024]),
            max_headers: random.one_of(&[3, 10]),
            require_host: random.below(4) > 0,
        });
        let mut last = block(&mut random);
        for _ in 0..8 {
            let block = match random.below(8) {
                0 => {
                    last = block(&mut random);
                    last.clone()
                }
                1 | 2 => near_miss(&mut random, last.clone()),
                _ => last.clone(),
            };
            let after = random.one_of(&["", "GET", "\r\nx: y\r\n\r\n", "POST / HTTP/1.1\r\n\r\n"]);
            let bytes = [&*request_line(&mut random), &*block, after.as_bytes()].concat();
            let part = random.below(bytes.len() + 1);
            match random.below(2) {
                0 => both.parse(&bytes, &[bytes.len()]),
                _ => both.parse(&bytes, &[part, bytes.len()]),
            }
        }
        hits += both.hits;
        accepted += both.accepted;
        rejected += both.rejected;
    }
    let counts = format!("{accepted} were accepted, {rejected} rejected, {hits} cached");
    assert!(
        accepted > 40_000 && rejected > 40_000 && hits > 20_000,
        "{counts}"
    );
}

#[test]
fn the_cache_does_not_change_the_result_of_a_divided_head() {
    let config = ParserConfig {
        max_size: 1024,
        max_headers: 10,
        require_host: true,
    };
    let block = "Host: a\r\nConnection: close\r\nContent-Type: b\r\nContent-Length: 5\r\n\r\n";
    let chunked = "Host: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n";
    for block in [block, chunked] {
        for line in [
            "GET / HTTP/1.1",
            "\r\n\r\nPOST /long HTTP/1.0",
            "CONNECT a:80 HTTP/1.1",
        ] {
            let bytes = format!("{line}\r\n{block}hello");
            for cut in 0..bytes.len() {
                let mut both = Both::new(config);
                both.parse(
                    format!("PUT /b HTTP/1.1\r\n{block}").as_bytes(),
                    &[17 + block.len()],
                );
                both.parse(bytes.as_bytes(), &[cut, bytes.len()]);
                assert_eq!(both.accepted + both.rejected, 2);
            }
            let bytewise: Vec<_> = (0..=bytes.len()).collect();
            let mut both = Both::new(config);
            both.parse(bytes.as_bytes(), &bytewise);
            both.parse(bytes.as_bytes(), &bytewise);
        }
    }
}

fn request_line(random: &mut Random) -> Vec<u8> {
    const GOOD: [&str; 14] = [
        "GET / HTTP/1.1",
        "GET / HTTP/1.1",
        "GET / HTTP/1.1",
        "GET /a HTTP/1.1",
        "HEAD /a HTTP/1.1",
        "DELETE /a HTTP/1.1",
        "PUT /a?b HTTP/1.1",
        "PATCH /%61 HTTP/1.1",
        "POST /a/longer/one?b=c HTTP/1.1",
        "POST / HTTP/1.0",
        "PUT http://b/ HTTP/1.0",
        "CONNECT a:80 HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "\r\n\r\nDELETE /a HTTP/1.1",
    ];
    const BAD: [&str; 7] = [
        "get / HTTP/1.1",
        "G\x01T / HTTP/1.1",
        "GET /\x7f HTTP/1.1",
        "GET / HTTP/2.0",
        "CONNECT /a HTTP/1.1",
        "GET /\r HTTP/1.1",
        "",
    ];
    let mut line = match random.below(16) {
        0 => random.one_of(&BAD).to_owned(),
        1 => format!("GET /{} HTTP/1.1", "a".repeat(random.below(400))),
        _ => random.one_of(&GOOD).to_owned(),
    };
    line.push_str(if random.below(50) == 0 { "\n" } else { "\r\n" });
    line.into_bytes()
}

/// Returns random header lines, which are often valid, and the empty line after them.
fn block(random: &mut Random) -> Vec<u8> {
    const LINES: [&str; 18] = [
        "content-length: 5",
        "Content-Length:7 ",
        "transfer-encoding: chunked",
        "expect: 100-continue",
        "Upgrade: x",
        "connection: close",
        "Connection: upgrade",
        "te: trailers",
        "content-type: text/plain",
        "Content-Type:\ta/b ",
        "x: y",
        "y-x: \u{e9}",
        "accept: */*",
        "user-agent: a",
        "host: b",
        "z: \x01",
        " folded",
        "a",
    ];
    let mut block = random
        .one_of(&[
            "host: a\r\n",
            "Host:\tb:80 \r\n",
            "host: a\r\n",
            "host:\r\n",
            "",
        ])
        .to_owned();
    for _ in 0..random.below(5) {
        let some = if random.below(4) == 0 {
            LINES.len()
        } else {
            LINES.len() - 4
        };
        block.push_str(LINES[random.below(some)]);
        block.push_str("\r\n");
    }
    if random.below(20) == 0 {
        let long = "a".repeat(random.one_of(&[200, 1000, 2040, 3000]));
        block.push_str(&format!("long: {long}\r\n"));
    }
    block.push_str("\r\n");
    block.into_bytes()
}

/// Returns the header lines with one byte or line changed.
fn near_miss(random: &mut Random, mut block: Vec<u8>) -> Vec<u8> {
    let at = random.below(block.len());
    let byte = random.one_of(b"a:\r\n \t5\0\xe9H");
    match random.below(7) {
        0 => block[at] ^= 0x20,
        1 => block[at] = byte,
        2 => block.insert(at, byte),
        3 if block.len() > 2 => drop(block.remove(at)),
        4 if block.len() > 2 => block.truncate(block.len() - 2),
        5 => {
            block.truncate(block.len() - 2);
            block.extend_from_slice(b"content-length: 5\r\n\r\n");
        }
        _ => {
            let end = block.iter().position(|&byte| byte == b'\n');
            block.rotate_left(end.map_or(0, |end| end + 1));
        }
    }
    block
}
