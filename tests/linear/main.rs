//! Reading is linear in the input: eight times the input takes about eight times the processor time.
//!
//! A quadratic step would take sixty-four times as long. The processor time of one thread is compared, and the least of
//! several rounds, so that other load on the machine does not matter.

#![cfg(target_os = "linux")]

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// How many times as large the larger input is.
const FACTOR: usize = 8;

/// The most that the larger input may take, compared with the smaller one.
const MOST: f64 = 24.0;

const ROUNDS: usize = 3;

/// The processor time of this thread.
fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
        .expect("the clock of the thread")
        .into()
}

#[server]
async fn site(mut req: Request, res: Response) -> Result {
    route!("/parts/{a}-{b}-{c}.{d}" => format!("{}", a.len() + b.len() + c.len() + d.len()));
    route!("/rest/{rest..}" => format!("{}", rest.len()));
    route!("/query" => format!("{}", req.url.query::<Vec<u32>>("a")?.len()));
    route!("/headers" => format!("{}", req.headers.iter().count()));
    route!(POST "/json" => format!("{}", req.body.json::<Vec<u32>>().await?.len()));
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

/// The processor time of a connection on which these bytes are sent, `step` at a time. The responses must contain no
/// error.
async fn time(input: &[u8], step: usize) -> Duration {
    let server = server();
    let (mut client, stream) = tokio::io::duplex(64 * 1024);
    server.serve(stream).expect("the server is open");
    let start = processor_time();
    let (mut from, mut to) = tokio::io::split(&mut client);
    let mut responses = Vec::new();
    let send = async {
        for part in input.chunks(step) {
            to.write_all(part).await.expect("the server reads");
            // One byte at a time is one read at a time.
            tokio::task::yield_now().await;
        }
        to.shutdown().await.expect("the server reads");
    };
    let (_, read) = tokio::join!(send, from.read_to_end(&mut responses));
    read.expect("the responses");
    let took = processor_time() - start;
    let text = String::from_utf8_lossy(&responses);
    assert!(text.starts_with("HTTP/1.1 200 "), "{text:.200}");
    assert!(!text.contains("HTTP/1.1 4"), "{text:.200}");
    took
}

/// Compares an input of `size` units with one that is [`FACTOR`] times as large, sent whole and in steps.
async fn is_linear(what: &str, size: usize, step: usize, input: impl Fn(usize) -> Vec<u8>) {
    let (small, large) = (input(size), input(size * FACTOR));
    let (mut least_small, mut least_large) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        least_small = least_small.min(time(&small, step).await);
        least_large = least_large.min(time(&large, step).await);
    }
    let ratio = least_large.as_secs_f64() / least_small.as_secs_f64().max(1e-6);
    println!("{what}: {least_small:?}, {least_large:?}: {ratio:.1} times");
    assert!(
        ratio < MOST,
        "{what}: {FACTOR} times the input takes {ratio:.1} times as long"
    );
}

fn get(url: &str, headers: &str) -> Vec<u8> {
    format!("GET {url} HTTP/1.1\r\nhost: a\r\n{headers}\r\n").into_bytes()
}

fn post(url: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {url} HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

#[tokio::test]
async fn a_head_byte_by_byte() {
    is_linear("a head byte by byte", 200, 1, |size| {
        let headers: String = (0..size).map(|n| format!("x-{n}: 1\r\n")).collect();
        get("/headers", &headers)
    })
    .await;
}

#[tokio::test]
async fn many_headers() {
    is_linear("many headers", 2_000, 64 * 1024, |size| {
        let headers: String = (0..size).map(|n| format!("x-{n}: 1\r\n")).collect();
        get("/headers", &headers)
    })
    .await;
    is_linear("one header many times", 2_000, 64 * 1024, |size| {
        get("/headers", &"x: 1\r\n".repeat(size))
    })
    .await;
}

#[tokio::test]
async fn a_long_path() {
    let path = |begin: &'static str, unit: &'static str| {
        move |size| get(&format!("{begin}{}", unit.repeat(size)), "")
    };
    let whole = 64 * 1024;
    is_linear("escapes", 2_000, whole, path("/rest/", "%41")).await;
    is_linear("escaped slashes", 2_000, whole, path("/rest/a", "%2Fa")).await;
    is_linear("segments", 2_000, whole, path("/rest", "/a")).await;
    let separators = |size| get(&format!("/parts/a{}.b", "-".repeat(size)), "");
    is_linear("separators", 4_000, whole, separators).await;
    let unencoded = |size| {
        let (path, query) = ("a".repeat(size), "{".repeat(size));
        get(&format!("/rest/{path}?{query}"), "")
    };
    is_linear("unencoded characters", 4_000, whole, unencoded).await;
    is_linear("parameters", 1_500, whole, path("/query?a=1", "&a=2")).await;
}

#[tokio::test]
async fn bodies() {
    let whole = 64 * 1024;
    let chunked = "POST /chunks HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunks = |size| format!("{chunked}{}0\r\n\r\n", "1\r\na\r\n".repeat(size)).into_bytes();
    is_linear("chunks", 4_000, whole, chunks).await;
    is_linear("chunks byte by byte", 400, 1, chunks).await;
    let body = |size| post("/chunks", &"a".repeat(size));
    is_linear("a body byte by byte", 2_000, 1, body).await;
    let json = |size| post("/json", &format!("[1{}]", ",2".repeat(size)));
    is_linear("JSON", 16_000, whole, json).await;
}

#[tokio::test]
async fn many_requests_at_once() {
    is_linear("requests", 500, 64 * 1024, |size| {
        get("/query?a=1", "").repeat(size)
    })
    .await;
}
