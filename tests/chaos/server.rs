//! The server, in a separate process, so that its descriptors, tasks and memory can be counted.

use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::time::Duration;

use onward::http::{self, Systemd};
use onward::multipart::Multipart;
use onward::prelude::*;

use crate::child::Program;
use crate::client::get;

/// The length of the response of `/large`, in bytes.
pub(crate) const LARGE: usize = 1024 * 1024;

#[server]
async fn app(mut req: Request, mut res: Response) -> Result {
    route!("/" => "hello");
    route!("/slow" => {
        tokio::time::sleep(Duration::from_millis(50)).await;
        "slow"
    });
    route!("/large" => {
        res.set_header("content-length", LARGE);
        for _ in 0..LARGE / 4096 {
            res.write(vec![b'x'; 4096]).await?;
        }
        res.end()
    });
    route!("/count" => format!("{} {}", descriptors(), tasks()));
    route!(POST "/upload" => {
        let mut form = Multipart::new(req.take_body())?;
        let mut bytes = 0;
        while let Some(part) = form.next().await? {
            if let Some(file) = part.save().await? {
                bytes += file.size();
            }
        }
        bytes.to_string()
    });
}

fn descriptors() -> usize {
    // The folder itself takes one descriptor.
    std::fs::read_dir("/proc/self/fd").unwrap().count() - 1
}

fn tasks() -> usize {
    tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks()
}

fn server() -> http::Server {
    let short = Duration::from_secs(2);
    let server = http::create_server(app)
        .keep_alive_timeout(short)
        .headers_timeout(short)
        .request_timeout(short)
        .send_timeout(short)
        .close_on_signal(Duration::from_secs(10));
    server.on(event::Error, |error| println!("error {error}"));
    server.on(event::ClientError, |_| {});
    server.on(event::Listening, |at| {
        println!("listening on {}", at.socket_addr().unwrap())
    });
    server
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn program() {
    server().listen("127.0.0.1:0").await.unwrap();
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn program_with_socket() {
    server().listen(Systemd::socket()).await.unwrap();
}

pub(crate) struct Running {
    pub(crate) program: Program,
    pub(crate) addr: SocketAddr,
}

impl Running {
    /// Starts the server. `before` is a shell command that sets limits for it.
    pub(crate) fn start(before: &str) -> Self {
        let mut program = Program::start(before, "server::program", None);
        let addr = program.wait_for("listening on ").parse().unwrap();
        Self { program, addr }
    }

    /// Passes a listening socket to the server as descriptor 3.
    pub(crate) fn start_with(socket: OwnedFd) -> Self {
        let pass = "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1;";
        let mut program = Program::start(pass, "server::program_with_socket", Some(socket));
        let addr = program.wait_for("listening on ").parse().unwrap();
        Self { program, addr }
    }

    /// Returns the numbers of descriptors and tasks, including those that this request uses.
    pub(crate) async fn counts(&self) -> (usize, usize) {
        let response = get(self.addr, "/count").await.unwrap();
        let (descriptors, tasks) = response.split_once(' ').unwrap();
        (descriptors.parse().unwrap(), tasks.parse().unwrap())
    }

    /// Waits until there are no more descriptors and tasks than before, and prints how long it took.
    pub(crate) async fn returns_to(&self, before: (usize, usize)) {
        let begun = std::time::Instant::now();
        loop {
            let now = self.counts().await;
            if now.0 <= before.0 && now.1 <= before.1 {
                println!(
                    "descriptors and tasks: {before:?} before, {now:?} {:.1} s after",
                    begun.elapsed().as_secs_f64()
                );
                return;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{before:?}, {now:?}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
