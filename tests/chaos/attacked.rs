//! A server that is attacked: a separate process with short deadlines, which counts its connections.

use std::net::SocketAddr;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use onward::files::send_file;
use onward::http::{self, Plain, Socket, Tls};
use onward::prelude::*;

use crate::certificates::Authority;
use crate::child::Program;
use crate::client::get;

/// The name in the certificate of the server.
pub(crate) const NAME: &str = "a.example";

pub(crate) const HEADERS_TIMEOUT: Duration = Duration::from_secs(5);
pub(crate) const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
pub(crate) const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(5);
pub(crate) const SEND_TIMEOUT: Duration = Duration::from_secs(5);

/// The age, in milliseconds, from which a connection counts as that of an attacker. The connections of a normal client
/// do not last that long.
const ATTACKER: u64 = 4000;

/// The length of the large response.
const LARGE: usize = 1024 * 1024;

/// A part of the large response. Sending a static part costs the server next to nothing, so the attackers' slowness is
/// measured, not the work of 200 downloads per second.
static PART: [u8; 64 * 1024] = [b'x'; 64 * 1024];

/// The length of the file, which exceeds HTTP/2's default flow-control window.
const FILE: usize = 128 * 1024;

static OPEN: AtomicU64 = AtomicU64::new(0);
static SHED: AtomicU64 = AtomicU64::new(0);
static SHORTEST: AtomicU64 = AtomicU64::new(u64::MAX);
static LONGEST: AtomicU64 = AtomicU64::new(0);

#[server]
async fn app(mut req: Request, mut res: Response) -> Result {
    route!("/" => "hello");
    route!("/large" => {
        res.set_header("content-length", LARGE);
        for _ in 0..LARGE / PART.len() {
            res.write(&PART[..]).await?;
        }
        res.end()
    });
    route!("/file" => send_file(&req, res, variable("FILE")).await);
    route!(POST "/upload" => req.take_body().bytes().await?.len().to_string());
    route!("/begin" => {
        SHED.store(0, Relaxed);
        SHORTEST.store(u64::MAX, Relaxed);
        LONGEST.store(0, Relaxed);
        "begun"
    });
    route!("/state" => {
        let [open, shed, shortest, longest] = [&OPEN, &SHED, &SHORTEST, &LONGEST].map(|it| it.load(Relaxed));
        format!("{open} {shed} {shortest} {longest}")
    });
}

fn variable(name: &str) -> String {
    std::env::var(format!("ONWARD_ATTACKED_{name}")).unwrap()
}

fn count(socket: &Socket) {
    OPEN.fetch_add(1, Relaxed);
    let begun = Instant::now();
    socket.on(event::Close, move |_| {
        OPEN.fetch_sub(1, Relaxed);
        let age = u64::try_from(begun.elapsed().as_millis()).unwrap();
        if age >= ATTACKER {
            SHORTEST.fetch_min(age, Relaxed);
            LONGEST.fetch_max(age, Relaxed);
            SHED.fetch_add(1, Relaxed);
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a program that other tests start"]
async fn program() {
    // A test decides when the certificates are loaded again.
    let tls = Tls::pem(variable("CERTIFICATE"), variable("KEY"))
        .unwrap()
        .reload_every(Duration::from_secs(86_400));
    let server = http::create_server(app)
        .tls(tls)
        .also_listen(Plain("127.0.0.1:0"))
        .headers_timeout(HEADERS_TIMEOUT)
        .request_timeout(REQUEST_TIMEOUT)
        .keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .send_timeout(SEND_TIMEOUT)
        .backlog(4096)
        .close_on_signal(Duration::from_secs(10));
    server.on(event::Connection, count);
    server.on(event::Error, |error| println!("error {error}"));
    server.on(event::ClientError, |_| {});
    server.on(event::TlsClientError, |error| println!("handshake {error}"));
    server.on(event::TlsReload, |()| println!("reloaded"));
    server.on(event::Listening, |at| println!("listening on {at}"));
    server.listen("127.0.0.1:0").await.unwrap();
}

pub(crate) struct Attacked {
    pub(crate) program: Program,
    pub(crate) authority: Authority,
    pub(crate) tls: SocketAddr,
    pub(crate) plain: SocketAddr,
    /// The file that is sent, which is held so that it is removed at the end.
    _file: tempfile::NamedTempFile,
}

/// The connections of the server.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) open: u64,
    /// The number of connections of attackers that have ended.
    pub(crate) shed: u64,
    /// The durations of the shortest and the longest of these connections.
    pub(crate) shortest: Duration,
    pub(crate) longest: Duration,
}

impl Attacked {
    pub(crate) fn start() -> Self {
        let authority = Authority::new();
        let (certificate, key) = authority.issue("a", &[NAME]);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), vec![b'x'; FILE]).unwrap();
        let before = format!(
            "ulimit -n 8192; export ONWARD_ATTACKED_CERTIFICATE={} ONWARD_ATTACKED_KEY={} ONWARD_ATTACKED_FILE={};",
            certificate.display(),
            key.display(),
            file.path().display()
        );
        let mut program = Program::start(&before, "attacked::program", None);
        let mut address = |scheme: &str| {
            let address = program.wait_for(&format!("listening on {scheme}://"));
            address.parse().unwrap()
        };
        let (tls, plain) = (address("https"), address("http"));
        Self {
            program,
            authority,
            tls,
            plain,
            _file: file,
        }
    }

    /// Forgets the connections that have ended.
    pub(crate) async fn begin(&self) {
        get(self.plain, "/begin").await.unwrap();
    }

    pub(crate) async fn state(&self) -> State {
        let response = get(self.plain, "/state").await.unwrap();
        let mut numbers = response.split(' ').map(|it| it.parse::<u64>().unwrap());
        let mut next = || numbers.next().unwrap();
        State {
            open: next(),
            shed: next(),
            shortest: Duration::from_millis(next()),
            longest: Duration::from_millis(next()),
        }
    }
}
