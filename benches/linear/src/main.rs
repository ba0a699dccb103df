//! Checks that reading is linear in the input: eight times the input takes about eight times the processor time.
//!
//! Quadratic work would take sixty-four times as long. Each time is the minimum of several rounds, so that other load
//! on the machine has little effect.
//!
//! ```text
//! linear                                   both tables
//! linear hostile                           hostile input compared with ordinary input of the same size
//! linear hostile --write ../docs/performance   also puts it into ../docs/performance.md
//! ```

mod hostile;

use std::time::Duration;

use measure::busy;
use onward::http;
use onward::http::Server;
use onward::prelude::*;
use std::collections::HashMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The ratio of the larger input to the smaller one.
const FACTOR: usize = 8;

/// The lowest ratio of processor times that does not count as linear.
const LIMIT: f64 = 24.0;

const ROUNDS: usize = 5;

/// The step for an input that is sent as a whole, or in parts of this size if it is longer.
const WHOLE: usize = 64 * 1024;

#[server]
async fn site(mut req: Request, res: Response) -> Result {
    route!("/parts/{a}-{b}-{c}.{d}" => format!("{}", a.len() + b.len() + c.len() + d.len()));
    route!("/rest/{rest..}" => format!("{}", rest.len()));
    route!("/query" => format!("{}", req.url.query::<Vec<u32>>("a")?.len()));
    route!("/headers" => format!("{}", req.headers.iter().count()));
    route!(POST "/json" => format!("{}", req.body.json::<Vec<u32>>().await?.len()));
    route!(POST "/value" => {
        let value = req.body.json::<serde_json::Value>().await?;
        format!("{}", value.is_array())
    });
    route!(POST "/form" => format!("{}", req.body.form::<HashMap<String, String>>().await?.len()));
    route!(POST "/chunks" => {
        let mut bytes = 0;
        while let Some(chunk) = req.body.next().await? {
            bytes += chunk.len();
        }
        format!("{bytes}")
    });
}

fn server() -> Server {
    http::create_server(site)
        .max_header_size(4 << 20)
        .max_headers(24_000)
        .max_body_size(64 << 20)
}

/// Measures the processor time of a connection on which these bytes are sent, `step` bytes at a time. Panics if a
/// request is rejected.
async fn time(input: &[u8], step: usize) -> Duration {
    let (took, responses) = exchange(input, step).await;
    assert!(responses.starts_with("HTTP/1.1 200 "), "{responses:.200}");
    assert!(!responses.contains("HTTP/1.1 4"), "{responses:.200}");
    took
}

/// Measures the processor time of a connection, and returns it with the responses.
async fn exchange(input: &[u8], step: usize) -> (Duration, String) {
    let server = server();
    let (mut client, stream) = tokio::io::duplex(64 * 1024);
    server.serve(stream).expect("the server is open");
    let start = busy();
    let (mut from, mut to) = tokio::io::split(&mut client);
    let mut responses = Vec::new();
    let send = async {
        for part in input.chunks(step) {
            if to.write_all(part).await.is_err() {
                // The request has been rejected.
                return;
            }
            // The server reads each step before the next one is sent.
            tokio::task::yield_now().await;
        }
        to.shutdown().await.ok();
    };
    let (_, read) = tokio::join!(send, from.read_to_end(&mut responses));
    read.expect("the responses");
    let took = busy() - start;
    (took, String::from_utf8_lossy(&responses).into_owned())
}

/// An input of variable size, and how many bytes of it are sent at a time.
struct Case {
    name: &'static str,
    size: usize,
    step: usize,
    input: fn(usize) -> Vec<u8>,
}

impl Case {
    /// Measures the times for an input and for one that is [`FACTOR`] times as large.
    async fn times(&self) -> (Duration, Duration) {
        let (small, large) = ((self.input)(self.size), (self.input)(self.size * FACTOR));
        let mut least = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            least.0 = least.0.min(time(&small, self.step).await);
            least.1 = least.1.min(time(&large, self.step).await);
        }
        least
    }
}

const fn case(name: &'static str, size: usize, step: usize, input: fn(usize) -> Vec<u8>) -> Case {
    Case {
        name,
        size,
        step,
        input,
    }
}

const CASES: [Case; 16] = [
    case("headers, byte by byte", 200, 1, headers),
    case("a long header, byte by byte", 1_000, 1, |size| {
        get("/headers", &format!("x: {}\r\n", "a".repeat(size)))
    }),
    case("headers", 2_000, WHOLE, headers),
    case("one header many times", 2_000, WHOLE, |size| {
        get("/headers", &"x: 1\r\n".repeat(size))
    }),
    case("escapes", 2_000, WHOLE, |size| path("/rest/", "%41", size)),
    case("escaped slashes", 2_000, WHOLE, |size| {
        path("/rest/a", "%2Fa", size)
    }),
    case("segments", 2_000, WHOLE, |size| path("/rest", "/a", size)),
    case("separators", 4_000, WHOLE, |size| {
        get(&format!("/parts/a{}.b", "-".repeat(size)), "")
    }),
    case("query parameters", 1_500, WHOLE, |size| {
        path("/query?a=1", "&a=2", size)
    }),
    case("form fields", 1_200, WHOLE, |size| {
        let fields: Vec<_> = (0..size).map(|n| format!("{n}=1")).collect();
        post("/form", &fields.join("&"))
    }),
    case("one form field many times", 4_000, WHOLE, |size| {
        post("/form", &format!("a=1{}", "&a=2".repeat(size)))
    }),
    case("chunks", 4_000, WHOLE, chunks),
    case("chunks, byte by byte", 400, 1, chunks),
    case("a body, byte by byte", 2_000, 1, |size| {
        post("/chunks", &"a".repeat(size))
    }),
    case("JSON", 16_000, WHOLE, |size| {
        post("/json", &format!("[1{}]", ",2".repeat(size)))
    }),
    case("pipelined requests", 500, WHOLE, |size| {
        get("/query?a=1", "").repeat(size)
    }),
];

fn get(url: &str, headers: &str) -> Vec<u8> {
    format!("GET {url} HTTP/1.1\r\nhost: a\r\n{headers}\r\n").into_bytes()
}

fn path(begin: &str, unit: &str, size: usize) -> Vec<u8> {
    get(&format!("{begin}{}", unit.repeat(size)), "")
}

fn post(url: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let kind = "content-type: application/x-www-form-urlencoded\r\n";
    let kind = if url == "/form" { kind } else { "" };
    format!("POST {url} HTTP/1.1\r\nhost: a\r\n{kind}content-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn headers(size: usize) -> Vec<u8> {
    let headers: String = (0..size).map(|n| format!("x-{n}: 1\r\n")).collect();
    get("/headers", &headers)
}

fn chunks(size: usize) -> Vec<u8> {
    let head = "POST /chunks HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    format!("{head}{}0\r\n\r\n", "1\r\na\r\n".repeat(size)).into_bytes()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let holds = match words[..] {
        [] => measure().await & hostile::measure(None).await,
        ["hostile"] => hostile::measure(None).await,
        ["hostile", "--write", folder] => hostile::measure(Some(folder.as_ref())).await,
        _ => {
            eprintln!("usage: linear [hostile [--write FOLDER]]");
            false
        }
    };
    if !holds {
        std::process::exit(1);
    }
}

/// Prints the table of [`CASES`]. Returns whether all ratios are below the limit.
async fn measure() -> bool {
    println!("Processor time of an input, and of one {FACTOR} times as large:\n");
    println!("| input | ms | {FACTOR} times as large, ms | ratio |\n|---|---|---|---|");
    let mut is_linear = true;
    for case in CASES {
        let (small, large) = case.times().await;
        let (small, large) = (small.as_secs_f64() * 1e3, large.as_secs_f64() * 1e3);
        let ratio = large / small.max(1e-6);
        println!("| {} | {small:.2} | {large:.2} | {ratio:.1} |", case.name);
        is_linear &= ratio < LIMIT;
    }
    if !is_linear {
        eprintln!("a ratio of {LIMIT} or more is not linear");
    }
    println!();
    is_linear
}
