//! A thousand attackers that are slow: a normal client keeps its latency, and the attackers are disconnected in time.
//!
//! The attacks on HTTP/1 are those of slowhttptest (Debian's package `slowhttptest`); `attackers.rs` performs
//! similar ones on HTTP/2.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::attacked::{
    Attacked, HEADERS_TIMEOUT, KEEP_ALIVE_TIMEOUT, REQUEST_TIMEOUT, SEND_TIMEOUT, State,
};
use crate::attackers::{ATTACKERS, Attack, LOW_PRIORITY, RATE};
use crate::normal::{Latency, Target};
use crate::tool::tool;

/// The time for which the client is measured before the attack.
const BEFORE: Duration = Duration::from_secs(8);

/// The 99th percentile that is always accepted during an attack: the attackers, the server and the client share the
/// processor, so one request in a hundred may have to wait for it.
const SLICE: Duration = Duration::from_millis(2);

/// The time between two checks of the connections of the server.
const PAUSE: Duration = Duration::from_millis(200);

/// The time by which a connection may outlast its deadline: timeouts are detected up to a second late, and a client
/// that gets a 408 has five seconds to close its side.
const SLACK: Duration = Duration::from_secs(7);

/// The time after which a test counts as hung.
const HANGS: Duration = Duration::from_secs(240);

/// Measures a normal client before and during the attack, which ends when the last attacker is disconnected. `attack`
/// returns the attackers, which end when they are dropped.
async fn under_attack<T>(
    server: &Attacked,
    target: &Target,
    name: &str,
    ends: Ends,
    attack: impl AsyncFnOnce() -> T,
) {
    let stop = Arc::new(AtomicBool::new(false));
    let measuring = target.measure(&stop);
    let begun = Instant::now();
    while begun.elapsed() < BEFORE {
        // The state is requested as often as during the attack.
        server.state().await;
        tokio::time::sleep(PAUSE).await;
    }
    stop.store(true, Ordering::Relaxed);
    let before = joined(measuring).await;
    server.begin().await;
    stop.store(false, Ordering::Relaxed);
    let measuring = target.measure(&stop);
    let begun = Instant::now();
    let attackers = attack().await;
    let state = all_have_ended(server, ends).await;
    let took = begun.elapsed();
    stop.store(true, Ordering::Relaxed);
    let during = joined(measuring).await;
    drop(attackers);
    report(name, target, before, during, &state, took);
    if let Ends::After(deadline) = ends {
        assert!(state.longest <= deadline + SLACK, "{state:?}");
    }
    assert!(during.median <= 2 * before.median, "{before:?} {during:?}");
    let limit = SLICE.max(2 * before.p99);
    assert!(during.p99 <= limit, "{before:?} {during:?}");
}

async fn joined(measuring: std::thread::JoinHandle<Latency>) -> Latency {
    let joined = tokio::task::spawn_blocking(|| measuring.join());
    joined.await.unwrap().expect("the client is served")
}

/// The ways in which the connections of the attackers end.
#[derive(Clone, Copy)]
enum Ends {
    /// The server closes them at this deadline.
    After(Duration),
    /// The attackers close them after they have received a response.
    Themselves,
}

/// Waits until the attackers have no connection. The normal client, and the request for the state, may have one.
async fn all_have_ended(server: &Attacked, ends: Ends) -> State {
    let begun = Instant::now();
    loop {
        let state = server.state().await;
        // On a busy machine, a few attackers fail to connect.
        let are_shed = matches!(ends, Ends::Themselves) || state.shed >= ATTACKERS * 99 / 100;
        if are_shed && state.open <= 2 {
            return state;
        }
        assert!(begun.elapsed() < HANGS, "{state:?}");
        tokio::time::sleep(PAUSE).await;
    }
}

fn report(
    name: &str,
    target: &Target,
    before: Latency,
    during: Latency,
    state: &State,
    took: Duration,
) {
    let transport = match target.connector {
        Some(_) => "TLS",
        None => "plain",
    };
    let shed = match state.shed {
        0 => "after the response".to_owned(),
        shed => format!(
            "{shed} after {:.1} to {:.1} s",
            state.shortest.as_secs_f64(),
            state.longest.as_secs_f64()
        ),
    };
    println!(
        "| {name}, {transport} | {:.2?}, {:.2?} | {:.2?}, {:.2?} | {shed} | {} and {} requests, {:.0} s",
        before.median,
        before.p99,
        during.median,
        during.p99,
        before.requests,
        during.requests,
        took.as_secs_f64()
    );
}

/// A process that is killed when this value is dropped, because slowhttptest is slow to notice that the server has
/// closed a connection.
struct Killed(Child);

impl Killed {
    async fn ended(mut self) {
        let ended = tokio::task::spawn_blocking(move || self.0.wait().map(drop));
        ended.await.unwrap().unwrap();
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn slowhttptest(program: &Path, target: &Target, path: &str, options: &str) -> Killed {
    let scheme = match target.connector {
        Some(_) => "https",
        None => "http",
    };
    let script = format!(
        "{LOW_PRIORITY} ulimit -n 8192; exec {} {options} -c {ATTACKERS} -r {RATE} -l {} -p 3 -v 1 -u {scheme}://{}{path}",
        program.display(),
        HANGS.as_secs(),
        target.addr
    );
    let mut command = Command::new("sh");
    let child = command.arg("-c").arg(script).stdout(Stdio::null()).spawn();
    Killed(child.unwrap())
}

fn targets(server: &Attacked, is_http2: bool) -> [Target; 2] {
    let protocol = if is_http2 { "h2" } else { "http/1.1" };
    let connector = server.authority.client(None, &[protocol]);
    [(server.plain, None), (server.tls, Some(connector))].map(|(addr, connector)| Target {
        addr,
        connector,
        is_http2,
    })
}

async fn attacked_by_slowhttptest(name: &str, ends: Ends, path: &str, options: &str) {
    let Some(program) = tool("slowhttptest", "slowhttptest") else {
        return;
    };
    let server = Attacked::start();
    for target in targets(&server, false) {
        let attack = async || {
            let process = slowhttptest(&program, &target, path, options);
            match ends {
                Ends::After(_) => Some(process),
                Ends::Themselves => {
                    process.ended().await;
                    None
                }
            }
        };
        under_attack(&server, &target, name, ends, attack).await;
    }
}

async fn attacked_with_http2(name: &str, deadline: Duration, kind: Attack) {
    let server = Attacked::start();
    for target in targets(&server, true) {
        let attack = async || kind.start(&server, &target);
        under_attack(&server, &target, name, Ends::After(deadline), attack).await;
    }
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn headers() {
    let options = "-H -i 2 -x 24";
    let ends = Ends::After(HEADERS_TIMEOUT);
    attacked_by_slowhttptest("slow headers, `-H`", ends, "/", options).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn bodies() {
    let options = "-B -i 2 -s 8192 -x 10";
    let ends = Ends::After(REQUEST_TIMEOUT);
    attacked_by_slowhttptest("slow bodies, `-B`", ends, "/upload", options).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn reads() {
    let options = "-X -w 512 -y 1024 -n 2 -z 32 -k 3";
    let ends = Ends::After(SEND_TIMEOUT);
    attacked_by_slowhttptest("slow reads, `-X`", ends, "/large", options).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn ranges() {
    let options = "-R -t GET -a 10 -b 1500";
    let ends = Ends::Themselves;
    attacked_by_slowhttptest("many ranges, `-R`", ends, "/file", options).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn http2_headers() {
    let deadline = HEADERS_TIMEOUT;
    attacked_with_http2("slow HEADERS and CONTINUATION", deadline, Attack::Headers).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn http2_bodies() {
    let deadline = REQUEST_TIMEOUT + KEEP_ALIVE_TIMEOUT;
    attacked_with_http2("slow DATA", deadline, Attack::Body).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn http2_windows() {
    attacked_with_http2("slow WINDOW_UPDATE", SEND_TIMEOUT, Attack::Window).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn http2_reads() {
    attacked_with_http2("no reads", SEND_TIMEOUT, Attack::Unread).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn http2_ranges() {
    attacked_with_http2("many ranges", SEND_TIMEOUT, Attack::Ranges).await;
}
