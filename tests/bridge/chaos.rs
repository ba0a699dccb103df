//! Three replicas emit while the engine is killed and started again, links are cut, and a replica is killed and replaced.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::engines::{NatsServer, Server};
use crate::proxy::Proxy;
use crate::redis_server::Redis;
use crate::replica::{Entry, HEARTBEAT, Replica};

struct Plan {
    /// How many events each replica emits, in total and per second.
    events: u64,
    rate: u64,
    /// How many times the engine is killed.
    kills: usize,
}

const SHORT: Plan = Plan {
    events: 1000,
    rate: 400,
    kills: 1,
};

/// The figures of the requirement.
const LONG: Plan = Plan {
    events: 10_000,
    rate: 400,
    kills: 5,
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

async fn survive(mut server: Server, plan: &Plan) {
    let proxy = Proxy::start(server.port()).await;
    let a = Replica::start("a", &server, proxy.addr).await;
    let direct = ([127, 0, 0, 1], server.port()).into();
    let b = Replica::start("b", &server, direct).await;
    let killed = Replica::start("c", &server, direct).await;
    sleep(2 * HEARTBEAT).await;
    let emitting = [
        a.emit_all(plan.events, plan.rate),
        b.emit_all(plan.events, plan.rate),
    ];
    drop(killed.emit_all(plan.events, plan.rate));

    let pause = Duration::from_secs(plan.events / plan.rate) / (2 * plan.kills as u32 + 3);
    for kill in 0..plan.kills {
        sleep(pause).await;
        server.kill();
        sleep(Duration::from_millis(300)).await;
        server.start_again();
        sleep(pause).await;
        match kill % 2 {
            0 => proxy.cut(),
            _ => proxy.silence(),
        }
        sleep(Duration::from_millis(500)).await;
        proxy.restore();
    }
    killed.kill();
    let replacement = Replica::start("d", &server, direct).await;
    drop(replacement.emit_all(plan.events / 10, plan.rate));
    for emitting in emitting {
        emitting.await.unwrap();
    }

    // The last number, after which no event is in transit.
    let alive = [
        (&a, plan.events),
        (&b, plan.events),
        (&replacement, plan.events / 10),
    ];
    for (replica, count) in alive {
        wait(|| replica.emitted.lock().unwrap().1 == count, "emitting").await;
        replica.emit(count + 1).await;
    }
    let alive = [&a, &b, &replacement];
    for (receiver, sender) in pairs(&alive) {
        let last = sender.emitted.lock().unwrap().1;
        wait(|| receiver.has_received(&sender.name, last), "the end").await;
    }
    for receiver in [&a, &b] {
        wait(
            || has_gap_of(receiver, "c"),
            "the gap of the killed replica",
        )
        .await;
    }
    check(&server, &alive, &killed);
}

/// All pairs of different replicas.
fn pairs<'a>(replicas: &[&'a Replica]) -> Vec<(&'a Replica, &'a Replica)> {
    let all = replicas
        .iter()
        .flat_map(|one| replicas.iter().map(move |other| (*one, *other)));
    all.filter(|(one, other)| one.name != other.name).collect()
}

fn check(server: &Server, alive: &[&Replica; 3], killed: &Replica) {
    let mut senders = alive.to_vec();
    senders.push(killed);
    for (receiver, sender) in pairs(&senders) {
        if receiver.name == killed.name {
            continue;
        }
        let began_together = receiver.name != "d";
        let received = receiver.check(sender, began_together);
        let confirmed = &sender.emitted.lock().unwrap().0;
        let lost: Vec<_> = confirmed
            .iter()
            .filter(|it| received.binary_search(it).is_err())
            .collect();
        println!(
            "{} from {}: {} received, {} confirmed, {} of them lost",
            receiver.name,
            sender.name,
            received.len(),
            confirmed.len(),
            lost.len()
        );
        if server.stores() && began_together {
            assert!(lost.is_empty(), "{lost:?}");
        }
    }
}

fn has_gap_of(receiver: &Replica, name: &str) -> bool {
    let log = receiver.log.lock().unwrap();
    log.iter()
        .any(|it| matches!(it, Entry::Gap(gap) if gap.replica.as_deref() == Some(name)))
}

async fn wait(mut is_done: impl FnMut() -> bool, what: &str) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed().as_secs() < 60, "{what} does not arrive");
        sleep(Duration::from_millis(20)).await;
    }
}
