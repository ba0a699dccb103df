//! Two replicas behind nginx, which are restarted in turn, many times.
//!
//! Needs Debian's `nginx`. Its configuration is the one that the guide recommends, with different addresses.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use onward::http;
use onward::prelude::*;
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::child::Program;
use crate::client::{request, send};
use crate::tool::tool;

const RESTARTS: usize = 100;
const CLIENTS: usize = 16;

/// The minimum number of responses between two restarts.
const BETWEEN: usize = 200;

/// The number of requests on a connection to nginx, which by default closes a connection after a thousand requests.
const PER_CONNECTION: usize = 100;

async fn app(req: Request, res: Response, port: u16) -> Result {
    tokio::time::sleep(Duration::from_millis(5)).await;
    let body = req.body.bytes().await?;
    Ok(res.send(format!("{port} {} {} {}", req.method, req.url, body.len())))
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn replica() {
    let addr: SocketAddr = std::env::var("ONWARD_REPLICA").unwrap().parse().unwrap();
    // nginx's idle timeout is 60 seconds.
    let server = http::create_server(move |req, res| app(req, res, addr.port()))
        .keep_alive_timeout(Duration::from_secs(65))
        .close_on_signal(Duration::from_secs(30));
    server.on(event::Listening, |_| println!("listening"));
    server.listen(addr).await.unwrap();
}

struct Replica {
    addr: SocketAddr,
    program: Program,
}

impl Replica {
    fn start(addr: SocketAddr) -> Self {
        let before = format!("export ONWARD_REPLICA={addr};");
        let mut program = Program::start(&before, "replicas::replica", None);
        program.wait_for("listening");
        Self { addr, program }
    }

    fn restart(&mut self) {
        self.program.signal("TERM");
        assert!(self.program.wait().success());
        *self = Self::start(self.addr);
    }
}

struct Nginx {
    process: Child,
    addr: SocketAddr,
    _folder: TempDir,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Nginx {
    fn start(program: &Path, replicas: [SocketAddr; 2]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let addr = free();
        std::fs::write(folder.path().join("nginx.conf"), config(addr, replicas)).unwrap();
        let log = std::fs::File::create(folder.path().join("error.log")).unwrap();
        let process = Command::new(program)
            .args(["-c", "nginx.conf", "-p"])
            .arg(folder.path())
            .stderr(log)
            .spawn()
            .unwrap();
        Self {
            process,
            addr,
            _folder: folder,
        }
    }
}

/// Returns the configuration in the guide, inside the configuration file of a distribution.
fn config(addr: SocketAddr, replicas: [SocketAddr; 2]) -> String {
    let guide = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../runtime/guide/deployment.md"
    );
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, site) = guide.split_once("```nginx\n").unwrap();
    let (site, _) = site.split_once("```").unwrap();
    let mut site = site.to_owned();
    for (from, to) in [
        ("127.0.0.1:3001", replicas[0].to_string()),
        ("127.0.0.1:3002", replicas[1].to_string()),
        ("listen 80;", format!("listen {addr};")),
    ] {
        assert_eq!(site.matches(from).count(), 1, "{from}");
        site = site.replace(from, &to);
    }
    let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let folders = folders.map(|it| format!("{it}_temp_path {it};\n")).concat();
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr;\n\
         events {{}}\nhttp {{ access_log off;\n{folders}{site}}}\n"
    )
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

/// The state that the clients share.
#[derive(Default)]
struct Load {
    /// Set at the end, or by the first failure.
    stop: AtomicBool,
    whole: AtomicUsize,
}

impl Load {
    /// Waits for further responses.
    async fn goes_on(&self) {
        let until = self.whole.load(Ordering::Relaxed) + BETWEEN;
        while self.whole.load(Ordering::Relaxed) < until && !self.stop.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// Sends idempotent requests, one after another. Returns the failures.
async fn client(addr: SocketAddr, load: Arc<Load>) -> Vec<String> {
    let put = |url: &str| {
        let body = "x".repeat(1000);
        format!("PUT {url} HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n{body}").into_bytes()
    };
    let delete = |url: &str| format!("DELETE {url} HTTP/1.1\r\nhost: a\r\n\r\n").into_bytes();
    let requests = [
        ("GET /get 0", request("/get")),
        ("PUT /put 1000", put("/put")),
        ("DELETE /delete 0", delete("/delete")),
    ];
    let mut failures = Vec::new();
    while !load.stop.load(Ordering::Relaxed) {
        let mut stream = TcpStream::connect(addr).await.unwrap();
        for (expected, request) in requests.iter().cycle().take(PER_CONNECTION) {
            let response = send(&mut stream, request).await;
            match &response {
                Ok((200, body)) if body.ends_with(expected.as_bytes()) => {
                    load.whole.fetch_add(1, Ordering::Relaxed);
                }
                failed => {
                    failures.push(format!("{expected}: {failed:?}"));
                    load.stop.store(true, Ordering::Relaxed);
                }
            }
            if load.stop.load(Ordering::Relaxed) {
                break;
            }
        }
    }
    failures
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a quarter of a minute"]
async fn one_of_two_is_restarted() {
    let Some(program) = tool("nginx", "nginx") else {
        return;
    };
    let addrs = [free(), free()];
    let mut replicas = addrs.map(Replica::start);
    let nginx = Nginx::start(&program, addrs);
    while TcpStream::connect(nginx.addr).await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let load = Arc::new(Load::default());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| tokio::spawn(client(nginx.addr, Arc::clone(&load))))
        .collect();
    for restart in 0..RESTARTS {
        load.goes_on().await;
        replicas[restart % 2].restart();
    }
    load.stop.store(true, Ordering::Relaxed);
    let mut failures = Vec::new();
    for client in clients {
        failures.extend(client.await.unwrap());
    }
    let whole = load.whole.load(Ordering::Relaxed);
    println!(
        "{RESTARTS} restarts: {whole} whole responses, {} failed",
        failures.len()
    );
    assert!(failures.is_empty(), "{failures:#?}");
}
