//! Responses of the server, read by clients of other projects: hyper's client, and undici, which is Node's `fetch`.

mod hyper_client;
mod table;

use std::io::Write;
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use onward::http;
use onward::prelude::*;

use self::table::{CASES, Seen, handle};

async fn serve() -> SocketAddr {
    let server = http::create_server(handle);
    // The failures in the table are intended.
    server.on(event::Error, |_| {});
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the listener is bound");
    tokio::spawn(async move { server.listen(listener).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn hyper_reads_what_was_written() {
    let address = serve().await;
    for case in CASES {
        let seen = hyper_client::fetch(address, case.method, case.path).await;
        assert_eq!(seen, case.expected(), "{} {}", case.method, case.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn undici_reads_what_was_written() {
    let address = serve().await;
    let seen = tokio::task::spawn_blocking(move || undici(address)).await;
    let Some(seen) = seen.expect("the task does not panic") else {
        eprintln!("skipped: `node` is not installed");
        return;
    };
    assert_eq!(seen.len(), CASES.len());
    for (case, seen) in CASES.iter().zip(seen) {
        assert_eq!(seen, case.expected(), "{} {}", case.method, case.path);
    }
}

/// Returns the responses that undici reads, or `None` if Node is not installed.
fn undici(address: SocketAddr) -> Option<Vec<Seen>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/roundtrip/undici.mjs");
    let node = Command::new("node")
        .args([script, &format!("http://{address}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut node = node.ok()?;
    let mut input = node.stdin.take().expect("stdin is piped");
    for case in CASES {
        writeln!(input, "{} {}", case.method, case.path).expect("node reads its input");
    }
    drop(input);
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "{}", output.status);
    let text = String::from_utf8(output.stdout).expect("JSON");
    Some(text.lines().map(seen).collect())
}

/// Parses a line of the script: `{"status": 200, "headers": [["name", "value"]], "body": "text" or null}`.
fn seen(line: &str) -> Seen {
    #[derive(serde::Deserialize)]
    struct Line {
        status: u16,
        headers: Vec<(String, String)>,
        body: Option<String>,
    }
    let line: Line = serde_json::from_str(line).expect("the script writes JSON");
    Seen {
        status: line.status,
        headers: without_connection(line.headers),
        body: line.body,
    }
}

/// Returns the headers, except `date` and those that concern the connection or the transfer.
fn without_connection(mut headers: Vec<(String, String)>) -> Vec<(String, String)> {
    const OF_THE_CONNECTION: [&str; 5] = [
        "connection",
        "date",
        "keep-alive",
        "trailer",
        "transfer-encoding",
    ];
    headers.retain(|(name, _)| !OF_THE_CONNECTION.contains(&&**name));
    headers.sort();
    headers
}
