//! A replica of a program, which records what its listeners receive.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::bridge::{self, Bridge, DroppedEvent, Missed, Nats, RedisStreams};
use onward::events::{Emitter, Event, EventSet, On};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::engines::Server;

onward::events! {
    pub(crate) ShopEvents {
        Sold(Sale),
        Renamed(str),
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sale {
    pub(crate) replica: String,
    pub(crate) number: u64,
}

pub(crate) fn sale(number: u64) -> Sale {
    Sale {
        replica: "a".to_owned(),
        number,
    }
}

/// The time after which a test counts as hung. No result depends on it.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// Waits for the next item of a stream.
pub(crate) async fn next<S, E, T>(events: &mut On<S, E, T>) -> T
where
    S: EventSet,
    E: Event<S>,
{
    let next = timeout(SOON, events.next()).await;
    next.unwrap().unwrap().unwrap()
}

#[derive(Debug)]
pub(crate) enum Entry {
    Sold(Sale),
    Gap(Missed),
    Dropped(DroppedEvent),
}

#[derive(Clone)]
pub(crate) struct Replica {
    pub(crate) name: String,
    pub(crate) bridge: Bridge,
    pub(crate) shop: Arc<Emitter<ShopEvents>>,
    pub(crate) log: Arc<Mutex<Vec<Entry>>>,
    /// The sequence numbers of the events that `emit_confirmed` has acknowledged, and that of the last emitted event.
    pub(crate) emitted: Arc<Mutex<(Vec<u64>, u64)>>,
    /// The sequence number of the last event that each other replica had emitted when this one was started.
    before: Arc<HashMap<String, u64>>,
    runtime: Arc<Mutex<Option<Runtime>>>,
}

pub(crate) const HEARTBEAT: Duration = Duration::from_millis(500);

impl Replica {
    /// Starts a replica in its own runtime, so that it can be killed.
    pub(crate) async fn start(
        name: &str,
        server: &Server,
        addr: SocketAddr,
        others: &[Self],
    ) -> Self {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).enable_all().build().unwrap();
        let shop = Arc::new(Emitter::new());
        let (stores, events) = (server.stores(), Arc::clone(&shop));
        let connect = async move {
            let bridge = if stores {
                let engine = RedisStreams::connect(&format!("redis://{addr}/")).await;
                Bridge::over(engine.unwrap().max_len(1_000_000))
            } else {
                Bridge::over(Nats::connect(&format!("nats://{addr}")).await.unwrap())
            };
            bridge.carry(&events, Sold).carry(&events, Renamed)
        };
        let bridge = runtime.spawn(connect).await.unwrap();
        let before = others
            .iter()
            .map(|it| (it.name.clone(), it.emitted.lock().unwrap().1));
        let replica = Self {
            name: name.to_owned(),
            bridge: bridge.replica(name).heartbeat(HEARTBEAT).capacity(20_000),
            shop,
            log: Arc::default(),
            emitted: Arc::default(),
            before: Arc::new(before.collect()),
            runtime: Arc::new(Mutex::new(Some(runtime))),
        };
        replica.record();
        replica
    }

    fn record(&self) {
        let (own, log) = (self.name.clone(), Arc::clone(&self.log));
        self.shop.on(Sold, move |sale| {
            if sale.replica != own {
                log.lock().unwrap().push(Entry::Sold(sale.clone()));
            }
        });
        let log = Arc::clone(&self.log);
        self.bridge.on(bridge::Gap, move |gap| {
            log.lock().unwrap().push(Entry::Gap(gap.clone()));
        });
        let log = Arc::clone(&self.log);
        self.bridge.on(bridge::Dropped, move |lost| {
            log.lock().unwrap().push(Entry::Dropped(lost.clone()));
        });
    }

    /// Emits `count` events, at most `rate` per second, and confirms every other one.
    pub(crate) fn emit_all(&self, count: u64, rate: u64) {
        let this = self.clone();
        let runtime = self.runtime.lock().unwrap();
        let emit = async move {
            let mut tick = tokio::time::interval(Duration::from_millis(10));
            for number in 1..=count {
                if number % (rate / 100) == 0 {
                    tick.tick().await;
                }
                this.emit(number).await;
            }
        };
        // The task ends with the runtime.
        drop(runtime.as_ref().unwrap().spawn(emit));
    }

    pub(crate) async fn emit(&self, number: u64) {
        let sale = Sale {
            replica: self.name.clone(),
            number,
        };
        self.emitted.lock().unwrap().1 = number;
        if number.is_multiple_of(2) {
            self.bridge.emit_confirmed(Sold, &sale).await.unwrap();
            self.emitted.lock().unwrap().0.push(number);
        } else {
            assert!(self.bridge.emit(Sold, &sale));
        }
    }

    /// Aborts the tasks of the replica.
    pub(crate) fn kill(&self) {
        let runtime = self.runtime.lock().unwrap().take();
        runtime.unwrap().shutdown_background();
    }

    /// Returns the sequence number of the last event that another replica had emitted when this one was started.
    pub(crate) fn emitted_before(&self, name: &str) -> u64 {
        self.before.get(name).copied().unwrap_or(0)
    }

    /// Returns whether the last event of another replica has arrived, or was emitted before this one was started.
    pub(crate) fn has_last(&self, from: &Self) -> bool {
        let received = self.check(from).last().copied().unwrap_or(0);
        received.max(self.emitted_before(&from.name)) == from.emitted.lock().unwrap().1
    }

    /// Returns whether a gap covers the events after the last one that has arrived from another replica.
    pub(crate) fn has_gap_at_end(&self, from: &Self) -> bool {
        self.read(from).1
    }

    /// Checks the events of another replica: their order, that each is received once, and that a gap covers what is
    /// missing between them. Returns the sequence numbers that were received.
    pub(crate) fn check(&self, from: &Self) -> Vec<u64> {
        self.read(from).0
    }

    /// Returns the received sequence numbers, and whether there is a gap after the last one.
    fn read(&self, from: &Self) -> (Vec<u64>, bool) {
        let (mut received, mut has_gap) = (Vec::new(), false);
        for entry in self.log.lock().unwrap().iter() {
            match entry {
                Entry::Gap(gap) => {
                    has_gap |= gap.replica.as_ref().is_none_or(|it| *it == from.name);
                }
                Entry::Sold(it) if it.replica == from.name => {
                    let last = received.last().copied().unwrap_or(0);
                    assert!(it.number > last, "{it:?} after {last} in {}", self.name);
                    let is_next = it.number == last + 1;
                    assert!(is_next || has_gap, "{it:?} after {last} in {}", self.name);
                    has_gap = false;
                    received.push(it.number);
                }
                Entry::Sold(_) => {}
                Entry::Dropped(lost) => panic!("{lost} in {}", self.name),
            }
        }
        (received, has_gap)
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        // Dropping a runtime in an async function panics, so it is shut down in the background.
        if Arc::strong_count(&self.runtime) == 1
            && let Ok(Some(runtime)) = self.runtime.lock().map(|mut it| it.take())
        {
            runtime.shutdown_background();
        }
    }
}
