//! Random losses, duplicates, reorderings and errors, and the rules that the events of each replica must
//! nevertheless follow.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;

use super::engine::sealed::Split;
use super::engine::{Memory, Outbound};
use super::*;
use crate::events::Emitter;

crate::events! { ChaosEvents { Counted(Number) } }

#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Number {
    replica: usize,
    number: u64,
}

/// An engine that loses, delays and duplicates frames, and that fails at random.
struct Chaos {
    engine: Memory,
    random: u64,
    /// A frame that arrives after a later one.
    held: Option<Bytes>,
}

impl Chaos {
    fn next(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }
}

impl Split for Chaos {
    type Outbound = Self;
    type Inbound = <Memory as Split>::Inbound;

    fn split(self) -> (Self, Self::Inbound) {
        let (_, inbound) = self.engine.clone().split();
        (self, inbound)
    }
}

impl Outbound for Chaos {
    fn max_frame(&self) -> usize {
        usize::MAX
    }

    async fn send(&mut self, frame: &Bytes) -> Result<(), EngineError> {
        match self.next() % 10 {
            0 | 1 => return Ok(()),
            2 => self.held = Some(frame.clone()),
            3 => {
                self.engine.send(frame).await?;
                self.engine.send(frame).await?;
            }
            4 => {
                self.engine.send(frame).await?;
                return Err(EngineError::new("the confirmation is lost"));
            }
            5 => return Err(EngineError::new("nothing was sent")),
            _ => self.engine.send(frame).await?,
        }
        if self.next().is_multiple_of(3)
            && let Some(held) = self.held.take()
        {
            self.engine.send(&held).await?;
        }
        Ok(())
    }
}

#[derive(Debug)]
enum Entry {
    Counted(Number),
    Gap(Missed),
}

struct Replica {
    bridge: Bridge,
    log: Arc<Mutex<Vec<Entry>>>,
    _emitter: Emitter<ChaosEvents>,
}

impl Replica {
    fn start(engine: impl Engine, number: usize) -> Self {
        let emitter = Emitter::new();
        let log = Arc::new(Mutex::new(Vec::new()));
        let entries = Arc::clone(&log);
        emitter.on(Counted, move |counted| {
            entries.lock().unwrap().push(Entry::Counted(*counted));
        });
        let bridge = Bridge::over(engine)
            .carry(&emitter, Counted)
            .replica(&format!("replica-{number}"))
            .heartbeat(Duration::from_millis(20));
        let entries = Arc::clone(&log);
        bridge.on(Gap, move |gap| {
            entries.lock().unwrap().push(Entry::Gap(gap.clone()));
        });
        Self {
            bridge,
            log,
            _emitter: emitter,
        }
    }

    /// Checks what was received from a replica that has emitted the numbers up to `last`.
    fn check(&self, from: usize, last: u64) -> usize {
        let (mut expected, mut has_gap, mut gaps) = (1, false, 0);
        let name = format!("replica-{from}");
        for entry in self.log.lock().unwrap().iter() {
            match entry {
                Entry::Gap(gap) => {
                    has_gap |= gap.replica.as_ref().is_none_or(|it| *it == name);
                    gaps += 1;
                }
                Entry::Counted(it) if it.replica == from => {
                    assert!(it.number >= expected, "{it:?} after {expected}");
                    assert!(it.number == expected || has_gap, "{it:?}, not {expected}");
                    (expected, has_gap) = (it.number + 1, false);
                }
                Entry::Counted(_) => {}
            }
        }
        assert!(expected > last || has_gap, "{expected} of {last}");
        gaps
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn missed_events_are_covered_by_gaps_and_the_order_is_kept() {
    let mut gaps = 0;
    for seed in 1..=8 {
        let engine = Memory::new();
        let chaos = |number: u64| Chaos {
            engine: engine.clone(),
            random: seed * 7919 + number,
            held: None,
        };
        let replicas = [0, 1, 2].map(|number| Replica::start(chaos(number), number as usize));
        for number in 1..=40 {
            for (replica, it) in replicas.iter().enumerate() {
                let counted = Number { replica, number };
                match number % 4 {
                    0 => it.bridge.emit_confirmed(Counted, &counted).await.unwrap(),
                    _ => assert!(it.bridge.emit(Counted, &counted)),
                }
            }
        }
        // Heartbeats announce the events of the last frames, which may have been lost. Some heartbeats are lost too.
        tokio::time::sleep(Duration::from_millis(100)).await;
        for (number, replica) in replicas.iter().enumerate() {
            for from in (0..3).filter(|it| *it != number) {
                wait_for_tip(replica, from).await;
                gaps += replica.check(from, 40);
            }
        }
    }
    assert!(gaps > 40, "{gaps}");
}

/// Waits until the last number, or a gap after the last received one, has arrived.
async fn wait_for_tip(replica: &Replica, from: usize) {
    for _ in 0..500 {
        let is_complete = {
            let log = replica.log.lock().unwrap();
            let name = format!("replica-{from}");
            let last = log.iter().rev().find(|entry| match entry {
                Entry::Counted(it) => it.replica == from,
                Entry::Gap(gap) => gap.replica.as_deref() == Some(&*name),
            });
            matches!(last, Some(Entry::Gap(_)))
                || matches!(last, Some(Entry::Counted(it)) if it.number == 40)
        };
        if is_complete {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the tip of replica {from} did not arrive");
}
