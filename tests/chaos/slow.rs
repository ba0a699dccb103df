//! A thousand attackers that are slow: a normal client keeps its latency, and the attackers are disconnected in time.
//!
//! The attacks of slowhttptest (Debian's package `slowhttptest`) on HTTP/1, and the same attacks on HTTP/2.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::task::JoinSet;

use crate::attacked::{
    Attacked, HEADERS_TIMEOUT, KEEP_ALIVE_TIMEOUT, REQUEST_TIMEOUT, SEND_TIMEOUT, State,
};
use crate::attackers::{Attack, attack};
use crate::normal::{Latency, Target};
use crate::tool::tool;

const ATTACKERS: u64 = 1000;

/// The number of attackers that connect in a second.
const RATE: u32 = 200;

/// How long the client is measured before the attack.
const BEFORE: Duration = Duration::from_secs(8);

/// How much later than its deadline a connection may end: timeouts are noticed after up to a second, and a client that gets a 408 has
/// five seconds to close its side.
const SLACK: Duration = Duration::from_secs(7);

/// The time after which a test counts as hung.
const HANGS: Duration = Duration::from_secs(90);

/// Measures a normal client before and during the attack, which ends when the last attacker is disconnected.
async fn under_attack(
    server: &Attacked,
    target: &Target,
    name: &str,
    deadline: Duration,
    attack: impl Future<Output = ()>,
) {
    let stop = Arc::new(AtomicBool::new(false));
    let measuring = target.measure(&stop);
    tokio::time::sleep(BEFORE).await;
    stop.store(true, Ordering::Relaxed);
    let before = joined(measuring).await;
    server.begin().await;
    stop.store(false, Ordering::Relaxed);
    let measuring = target.measure(&stop);
    let begun = Instant::now();
    attack.await;
    let state = all_are_shed(server).await;
    let took = begun.elapsed();
    stop.store(true, Ordering::Relaxed);
    let during = joined(measuring).await;
    report(name, target, before, during, &state, took);
    assert!(state.longest <= deadline + SLACK, "{state:?}");
    assert!(during.median <= 2 * before.median, "{before:?} {during:?}");
    assert!(during.p99 <= 2 * before.p99, "{before:?} {during:?}");
}

async fn joined(measuring: std::thread::JoinHandle<Latency>) -> Latency {
    let joined = tokio::task::spawn_blocking(|| measuring.join());
    joined.await.unwrap().expect("the client is served")
}

/// Waits until the attackers are disconnected. The normal client, and the request for the state, may have a connection.
async fn all_are_shed(server: &Attacked) -> State {
    let begun = Instant::now();
    loop {
        let state = server.state().await;
        if state.shed >= ATTACKERS && state.open <= 2 {
            return state;
        }
        assert!(begun.elapsed() < HANGS, "{state:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
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
    println!(
        "| {name}, {transport} | {:.2?}, {:.2?} | {:.2?}, {:.2?} | {} after {:.1} to {:.1} s |  {} and {} requests, {:.0} s",
        before.median,
        before.p99,
        during.median,
        during.p99,
        state.shed,
        state.shortest.as_secs_f64(),
        state.longest.as_secs_f64(),
        before.requests,
        during.requests,
        took.as_secs_f64()
    );
}

/// Runs slowhttptest until the server has closed all of its connections.
async fn slowhttptest(target: &Target, path: &str, options: &str) {
    let Some(program) = tool("slowhttptest", "slowhttptest") else {
        return;
    };
    let scheme = match target.connector {
        Some(_) => "https",
        None => "http",
    };
    let script = format!(
        "ulimit -n 8192; exec {} {options} -c {ATTACKERS} -r {RATE} -l {} -p 3 -v 1 -u {scheme}://{}{path}",
        program.display(),
        HANGS.as_secs(),
        target.addr
    );
    let output = tokio::task::spawn_blocking(move || {
        Command::new("sh").arg("-c").arg(script).output().unwrap()
    });
    let output = output.await.unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.contains("No open connections left"), "{output}");
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

async fn attacked_by_slowhttptest(name: &str, deadline: Duration, path: &str, options: &str) {
    if tool("slowhttptest", "slowhttptest").is_none() {
        return;
    }
    let server = Attacked::start();
    for target in targets(&server, false) {
        let attack = slowhttptest(&target, path, options);
        under_attack(&server, &target, name, deadline, attack).await;
    }
}

async fn attacked_with_http2(name: &str, deadline: Duration, kind: Attack) {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, most, most).unwrap();
    let server = Attacked::start();
    for target in targets(&server, true) {
        let mut attackers = JoinSet::new();
        let attack = async {
            for _ in 0..ATTACKERS {
                attackers.spawn(attack(target.clone(), kind));
                tokio::time::sleep(Duration::from_secs(1) / RATE).await;
            }
        };
        under_attack(&server, &target, name, deadline, attack).await;
    }
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn headers() {
    let options = "-H -i 2 -x 24";
    attacked_by_slowhttptest("slow headers, `-H`", HEADERS_TIMEOUT, "/", options).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn bodies() {
    let options = "-B -i 2 -s 8192 -x 10";
    let deadline = REQUEST_TIMEOUT;
    attacked_by_slowhttptest("slow bodies, `-B`", deadline, "/upload", options).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn reads() {
    let options = "-X -w 512 -y 1024 -n 2 -z 32 -k 3";
    attacked_by_slowhttptest("slow reads, `-X`", SEND_TIMEOUT, "/large", options).await;
}

#[tokio::test]
#[ignore = "takes a minute"]
async fn ranges() {
    let options = "-R -t GET -a 10 -b 1500";
    let deadline = KEEP_ALIVE_TIMEOUT;
    attacked_by_slowhttptest("many ranges, `-R`", deadline, "/file", options).await;
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
