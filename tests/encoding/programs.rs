//! curl and Node decode what `compress` sends. They are skipped, with a message, if they are not installed.

use std::process::{Command, Output};

use onward::compress;
use onward::http;
use onward::prelude::*;

use crate::server::serve;

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    compress(&req, &mut res);
    route!("/whole" => "hello ".repeat(1000));
    route!("/stream" => {
        res.set_header("content-type", "text/plain");
        for _ in 0..1000 {
            res.write("hello ").await?;
        }
        res.end()
    });
}

async fn run(program: &'static str, arguments: Vec<String>) -> Option<Output> {
    let run = move || Command::new(program).args(arguments).output();
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    if output.is_err() {
        eprintln!("skipped: `{program}` is not installed");
    }
    output.ok()
}

#[tokio::test]
async fn curl_decodes_what_it_accepts() {
    let served = serve(http::create_server(site));
    for path in ["whole", "stream"] {
        // Which codings it supports depends on how it was built.
        let url = format!("http://{}/{path}", served.addr);
        let Some(output) = run("curl", vec!["-sS".into(), "--compressed".into(), url]).await else {
            return;
        };
        assert!(output.status.success(), "{output:?}");
        assert!(output.stdout == "hello ".repeat(1000).as_bytes(), "{path}");
    }
}

#[tokio::test]
async fn node_decodes_gzip_and_brotli() {
    const SCRIPT: &str = "const response = await fetch(process.argv[1], \
                          { headers: { 'accept-encoding': process.argv[2] } }); \
                          process.stdout.write(`${response.headers.get('content-encoding')} ${await response.text()}`);";
    let served = serve(http::create_server(site));
    for path in ["whole", "stream"] {
        for coding in ["gzip", "br"] {
            let url = format!("http://{}/{path}", served.addr);
            let arguments = ["--input-type=module", "-e", SCRIPT, &url, coding];
            let arguments = arguments.map(str::to_owned).to_vec();
            let Some(output) = run("node", arguments).await else {
                return;
            };
            let expected = format!("{coding} {}", "hello ".repeat(1000));
            assert!(output.status.success(), "{output:?}");
            assert!(output.stdout == expected.as_bytes(), "{path} {coding}");
        }
    }
}
