//! h2spec over TLS. It checks HTTP/2 servers against RFC 7541, and against RFC 7540, which RFC 9113 obsoletes.

use std::process::Command;

use onward::http;
use onward::prelude::*;

use crate::{Site, serve};

const RUNS: usize = 10;

/// `h2spec` is a program written in Go: <https://github.com/summerwind/h2spec>.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the program h2spec: cargo test -p onward-tests --test tls -- --ignored h2spec"]
async fn h2spec_finds_no_violation() {
    let site = Site::new();
    let server = http::create_server(|req, res| async move {
        let body = req.body.bytes().await?;
        Ok::<_, Error>(res.send(format!("{} bytes", body.len())))
    });
    let served = serve(server.tls(site.tls.clone()));
    let port = served.addr.port().to_string();
    for run in 1..=RUNS {
        let mut h2spec = Command::new("h2spec");
        h2spec.args(["--strict", "--tls", "--insecure", "--host", "127.0.0.1"]);
        h2spec.args(["--port", &port]);
        let running = tokio::task::spawn_blocking(move || h2spec.output());
        let output = running.await.unwrap().expect("h2spec is in the PATH");
        let report = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "run {run}:\n{report}");
    }
}
