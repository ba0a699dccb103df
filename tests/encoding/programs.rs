//! curl, Node and Chromium decode the output of `compress`. A test is skipped, with a message, if its program is not
//! installed.

use std::process::{Command, Output};

use onward::compress;
use onward::http;
use onward::prelude::*;

use crate::codec;
use crate::server::{Served, serve};

/// The path names the coding, because a browser does not let its user choose `accept-encoding`.
#[server]
async fn site(req: Request, mut res: Response) -> Result {
    let mut segments = req.url.path().split('/').skip(1);
    let coding = segments.next().unwrap_or_default().to_owned();
    let accepting = Request::get("/").header("accept-encoding", coding.as_str());
    match coding.as_str() {
        "accepted" => compress(&req, &mut res),
        _ => compress(&accepting, &mut res),
    }
    route!("/{_coding}/whole" => "hello ".repeat(1000));
    route!("/{_coding}/stream" => {
        res.set_header("content-type", "text/plain");
        for _ in 0..1000 {
            res.write("hello ").await?;
            tokio::task::yield_now().await;
        }
        res.end()
    });
    route!("/{_coding}/page" => Html(format!("<!doctype html><title>page</title><p>{}</p>", "hello ".repeat(1000))));
    // A browser's scripts see the decoded bodies.
    route!("/{_coding}/script" => {
        let padding = "<!-- padding -->".repeat(200);
        Html(format!("<!doctype html><title>script</title><p></p>{padding}<script>{SCRIPT}</script>"))
    });
    route!("/{_coding}/events" => {
        res.set_header("content-type", "text/event-stream");
        for number in 0..3 {
            res.write(format!("data: {number}\n\n")).await?;
            tokio::task::yield_now().await;
        }
        res.write("event: end\ndata: end\n\n").await?;
        res.end()
    });
}

/// Reads a whole body, a stream and events, and writes what it read into the document.
const SCRIPT: &str = "(async () => {
    const seen = [];
    for (const path of ['whole', 'stream']) {
        const response = await fetch(path);
        const encoding = response.headers.get('content-encoding');
        seen.push(`${path} ${encoding} ${(await response.text()).length}`);
    }
    const events = new EventSource('events');
    events.onmessage = event => seen.push(event.data);
    events.addEventListener('end', () => {
        events.close();
        document.querySelector('p').textContent = seen.join(', ');
    });
})();";

async fn run(program: &'static str, arguments: Vec<String>) -> Option<Output> {
    let run = move || Command::new(program).args(arguments).output();
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    if output.is_err() {
        eprintln!("skipped: `{program}` is not installed");
    }
    output.ok()
}

fn url(served: &Served, path: &str) -> String {
    format!("http://{}/{path}", served.addr)
}

#[tokio::test]
async fn curl_decodes_every_coding() {
    let served = serve(http::create_server(site));
    for coding in codec::ALL {
        for path in ["whole", "stream"] {
            let url = url(&served, &format!("{coding}/{path}"));
            let arguments = [
                "-sS",
                "--compressed",
                "-w",
                "%header{content-encoding}",
                &url,
            ];
            let arguments = arguments.map(str::to_owned).to_vec();
            let Some(output) = run("curl", arguments).await else {
                return;
            };
            let expected = format!("{}{coding}", "hello ".repeat(1000));
            assert!(output.status.success(), "{coding} {path}: {output:?}");
            assert!(output.stdout == expected.as_bytes(), "{coding} {path}");
        }
    }
}

/// `fetch` of Node 20 does not know zstd; `zlib` of Node 22.15 and later does.
const NODE: &str = "import zlib from 'node:zlib'; import http from 'node:http'; \
    const [url, coding] = process.argv.slice(1); \
    const print = (encoding, text) => process.stdout.write(`${encoding} ${text}`); \
    if (coding !== 'zstd') { \
        const response = await fetch(url); \
        print(response.headers.get('content-encoding'), await response.text()); \
    } else if (zlib.createZstdDecompress === undefined) { \
        process.stdout.write('unsupported'); \
    } else { \
        http.get(url, async response => { \
            const parts = await response.pipe(zlib.createZstdDecompress()).toArray(); \
            print(response.headers['content-encoding'], Buffer.concat(parts)); \
        }); \
    }";

#[tokio::test]
async fn node_decodes_every_coding_that_it_knows() {
    let served = serve(http::create_server(site));
    for coding in codec::ALL {
        for path in ["whole", "stream"] {
            let url = url(&served, &format!("{coding}/{path}"));
            let arguments = ["--input-type=module", "-e", NODE, &url, coding];
            let arguments = arguments.map(str::to_owned).to_vec();
            let Some(output) = run("node", arguments).await else {
                return;
            };
            assert!(output.status.success(), "{coding} {path}: {output:?}");
            if coding == "zstd" && output.stdout == b"unsupported" {
                eprintln!("skipped: this version of Node has no zstd");
                continue;
            }
            let expected = format!("{coding} {}", "hello ".repeat(1000));
            assert!(output.stdout == expected.as_bytes(), "{coding} {path}");
        }
    }
}

#[tokio::test]
#[ignore = "starts a browser for several seconds"]
async fn chromium_decodes_every_coding() {
    let served = serve(http::create_server(site));
    // With `accepted`, the browser's own `accept-encoding` decides. Over plain HTTP, it lists all codings only for
    // localhost.
    for coding in ["gzip", "br", "zstd", "accepted"] {
        for path in ["page", "script"] {
            let url = url(&served, &format!("{coding}/{path}"));
            let arguments = [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--virtual-time-budget=5000",
                "--dump-dom",
                &url,
            ];
            let arguments = arguments.map(str::to_owned).to_vec();
            let output = run("chromium", arguments).await;
            let output = output.expect("`chromium` is installed");
            let dom = String::from_utf8_lossy(&output.stdout);
            let encoding = match coding {
                "accepted" => "zstd",
                coding => coding,
            };
            let expected = match path {
                "page" => format!("<p>{}</p>", "hello ".repeat(1000)),
                _ => {
                    format!("<p>whole {encoding} 6000, stream {encoding} 6000, 0, 1, 2</p>")
                }
            };
            let shown = &dom[..dom.len().min(300)];
            assert!(dom.contains(&expected), "{coding} {path}: {shown}");
        }
    }
}
