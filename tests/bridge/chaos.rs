//! Three replicas emit while the engine is killed and started again, links are cut, and replicas are killed and
//! replaced.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::engines::{NatsServer, Server};
use crate::proxy::Proxy;
use crate::redis_server::Redis;
use crate::replica::{HEARTBEAT, Replica};

struct Plan {
    /// The number of events of each replica, in total and per second. The events of the third replica are emitted by it
    /// and its replacements.
    events: u64,
    rate: u64,
    /// The number of times that the engine is killed, a link is cut, and the third replica is killed and replaced.
    rounds: u32,
}

const SHORT: Plan = Plan {
    events: 1000,
    rate: 400,
    rounds: 1,
};

/// The load and the faults that bridges are required to survive.
const LONG: Plan = Plan {
    events: 10_000,
    rate: 400,
    rounds: 5,
};

#[tokio::test(flavor = "multi_thread")]
async fn redis_loses_no_confirmed_event() {
    survive(Server::Redis(Redis::start()), &SHORT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nats_reports_every_missed_event() {
    survive(Server::Nats(NatsServer::start()), &SHORT).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes about a minute"]
async fn redis_loses_no_confirmed_event_of_30_000() {
    survive(Server::Redis(Redis::start()), &LONG).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes about a minute"]
async fn nats_reports_every_missed_event_of_30_000() {
    survive(Server::Nats(NatsServer::start()), &LONG).await;
}

/// The replicas that were started. All except the first two and the last one were killed.
struct Cluster {
    server: Server,
    proxy: Proxy,
    replicas: Vec<Replica>,
}

async fn survive(server: Server, plan: &Plan) {
    let proxy = Proxy::start(server.port()).await;
    let mut cluster = Cluster {
        server,
        proxy,
        replicas: Vec::new(),
    };
    let link = cluster.proxy.addr;
    cluster.start("a", link).await;
    for name in ["b", "c"] {
        cluster.start_direct(name).await;
    }
    sleep(2 * HEARTBEAT).await;
    for replica in &cluster.replicas {
        replica.emit_all(plan.events, plan.rate);
    }
    let outages = Duration::from_millis(800);
    // The replicas still emit after the last round.
    let rounds = f64::from(plan.rounds) + 0.5;
    let seconds = plan.events as f64 / plan.rate as f64 / rounds;
    let pause = Duration::from_secs_f64(seconds).saturating_sub(outages) / 2;
    let mut left = plan.events;
    for round in 1..=plan.rounds {
        cluster.disturb(round, pause).await;
        left = left.saturating_sub(cluster.replace(round).await).max(100);
        let newest = cluster.replicas.last().unwrap();
        newest.emit_all(left, plan.rate);
    }
    let counts = [plan.events, plan.events, left];
    cluster.finish(counts).await;
    cluster.check();
}

impl Cluster {
    async fn start(&mut self, name: &str, addr: std::net::SocketAddr) {
        let replica = Replica::start(name, &self.server, addr, &self.replicas).await;
        self.replicas.push(replica);
    }

    async fn start_direct(&mut self, name: &str) {
        let addr = ([127, 0, 0, 1], self.server.port()).into();
        self.start(name, addr).await;
    }

    async fn disturb(&mut self, round: u32, pause: Duration) {
        sleep(pause).await;
        self.server.kill();
        sleep(Duration::from_millis(300)).await;
        self.server.start_again();
        sleep(pause).await;
        match round % 2 {
            0 => self.proxy.silence(),
            _ => self.proxy.cut(),
        }
        sleep(Duration::from_millis(500)).await;
        self.proxy.restore();
    }

    /// Kills the last replica and starts another one. Returns the sequence number of the last event that the killed
    /// replica emitted.
    async fn replace(&mut self, round: u32) -> u64 {
        let killed = self.replicas.last().unwrap();
        killed.kill();
        let emitted = killed.emitted.lock().unwrap().1;
        self.start_direct(&format!("c{round}")).await;
        emitted
    }

    /// Returns the replicas that were not killed.
    fn alive(&self) -> [&Replica; 3] {
        let replicas = &self.replicas;
        [&replicas[0], &replicas[1], replicas.last().unwrap()]
    }

    /// Returns all pairs of a receiver and a sender.
    fn pairs<'a>(
        &'a self,
        receivers: &'a [&'a Replica],
    ) -> impl Iterator<Item = (&'a Replica, &'a Replica)> {
        receivers.iter().flat_map(|receiver| {
            let others = self.replicas.iter();
            let others = others.filter(|it| it.name != receiver.name);
            others.map(|sender| (*receiver, sender))
        })
    }

    /// Waits until all events were emitted, and each of them has arrived or is covered by a gap.
    async fn finish(&self, counts: [u64; 3]) {
        for (replica, count) in self.alive().into_iter().zip(counts) {
            let is_done = || replica.emitted.lock().unwrap().1 == count;
            wait(is_done, &format!("the last event of {}", replica.name)).await;
            // No event of this replica can be in transit after this one.
            replica.emit(count + 1).await;
        }
        let alive = self.alive();
        for (receiver, sender) in self.pairs(&alive) {
            let what = format!("the end of {} in {}", sender.name, receiver.name);
            let is_alive = alive.iter().any(|it| it.name == sender.name);
            let is_done = || match is_alive && self.server.stores() {
                true => receiver.has_last(sender),
                false => receiver.has_last(sender) || receiver.has_gap_at_end(sender),
            };
            wait(is_done, &what).await;
        }
    }

    fn check(&self) {
        for (receiver, sender) in self.pairs(&self.replicas.iter().collect::<Vec<_>>()) {
            receiver.check(sender);
        }
        for (receiver, sender) in self.pairs(&self.alive()) {
            let received = receiver.check(sender);
            let confirmed = &sender.emitted.lock().unwrap().0;
            let since = receiver.emitted_before(&sender.name);
            let expected = confirmed.iter().filter(|it| **it > since);
            let lost: Vec<_> = expected
                .clone()
                .filter(|it| received.binary_search(it).is_err())
                .collect();
            println!(
                "{} from {}: {} received, {} confirmed since its start, {} of them lost",
                receiver.name,
                sender.name,
                received.len(),
                expected.count(),
                lost.len()
            );
            assert!(!self.server.stores() || lost.is_empty(), "{lost:?}");
        }
    }
}

async fn wait(mut is_done: impl FnMut() -> bool, what: &str) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed().as_secs() < 60, "{what} does not arrive");
        sleep(Duration::from_millis(20)).await;
    }
}
