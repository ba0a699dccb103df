//! Listeners and the limits of the queues, over the engine in memory.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use onward::bridge::{self, Bridge, DropReason, GapCause, Memory};
use onward::events::{Emitter, once_with};
use tokio::time::timeout;

use crate::replica::{Renamed, SOON, ShopEvents, Sold, next, sale};

/// On a runtime with one thread, a listener that blocks stops neither sending nor receiving.
#[tokio::test]
async fn a_listener_that_blocks_stops_no_task() {
    let engine = Memory::new();
    let (here, there) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
    let sender = Bridge::over(engine.clone()).carry(&here, Sold);
    let receiver = Bridge::over(engine).carry(&there, Sold).capacity(10);
    let (release, blocked) = mpsc::channel::<()>();
    let blocked = Mutex::new(blocked);
    let count = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&count);
    there.on(Sold, move |_| {
        if counter.fetch_add(1, Ordering::Relaxed) == 0 {
            blocked.lock().unwrap().recv().unwrap();
        }
    });
    let gap = once_with(&receiver, bridge::Gap, |gap| gap.count);
    for number in 0..1000 {
        sender.emit_confirmed(Sold, &sale(number)).await.unwrap();
    }
    // The bridge that cannot deliver still sends.
    let sold = once_with(&here, Sold, |sale| sale.number);
    receiver.emit_confirmed(Sold, &sale(7)).await.unwrap();
    assert_eq!(timeout(SOON, sold).await.unwrap(), Ok(7));
    // After five seconds, the events that do not fit are discarded and reported.
    tokio::time::sleep(Duration::from_millis(5500)).await;
    release.send(()).unwrap();
    let missed = timeout(SOON, gap).await.unwrap().unwrap();
    assert!(missed.is_some_and(|it| it > 800), "{missed:?}");
}

#[tokio::test]
async fn a_replica_that_is_started_knows_those_that_are_running() {
    let engine = Memory::new();
    let (here, there) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
    let day = Duration::from_secs(86_400);
    let running = Bridge::over(engine.clone()).carry(&here, Sold);
    let running = running.replica("running").heartbeat(day);
    running.emit_confirmed(Sold, &sale(1)).await.unwrap();

    // The new replica does not wait for a heartbeat.
    let started = Bridge::over(engine).carry(&there, Sold).heartbeat(day);
    let gap = once_with(&started, bridge::Gap, Clone::clone);
    let gap = timeout(SOON, gap).await.unwrap().unwrap();
    let running = Some("running");
    assert_eq!((gap.replica.as_deref(), gap.count), (running, None));
    assert_eq!(gap.cause, GapCause::Joined);
}

#[tokio::test]
async fn a_first_message_that_is_lost_is_a_gap() {
    let engine = Memory::new();
    engine.lose(1);
    let (here, there) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
    let sender = Bridge::over(engine.clone()).carry(&here, Sold);
    let receiver = Bridge::over(engine).carry(&there, Sold);
    let gap = once_with(&receiver, bridge::Gap, |gap| gap.cause);
    let sold = once_with(&there, Sold, |sale| sale.number);
    sender.emit_confirmed(Sold, &sale(1)).await.unwrap();
    sender.emit_confirmed(Sold, &sale(2)).await.unwrap();
    assert_eq!(timeout(SOON, sold).await.unwrap(), Ok(2));
    timeout(SOON, gap).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_full_outbox_is_reported_by_the_sender_and_as_a_gap_by_the_receiver() {
    let engine = Memory::new();
    let (here, there) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
    let sender = Bridge::over(engine.clone()).carry(&here, Sold).capacity(2);
    let receiver = Bridge::over(engine.clone()).carry(&there, Sold);
    once_with(&receiver, bridge::Up, |_| ()).await.unwrap();
    let reasons = Arc::new(Mutex::new(Vec::new()));
    let dropped = Arc::clone(&reasons);
    sender.on(bridge::Dropped, move |lost| {
        dropped.lock().unwrap().push(lost.reason)
    });
    let local = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&local);
    here.on(Sold, move |_| _ = counter.fetch_add(1, Ordering::Relaxed));
    let gap = once_with(&receiver, bridge::Gap, |gap| gap.count);
    // The sending task does not run in between.
    let queued: Vec<_> = (0..5)
        .map(|number| sender.emit(Sold, &sale(number)))
        .collect();
    assert_eq!(queued, [true, true, false, false, false]);
    assert_eq!(*reasons.lock().unwrap(), [DropReason::Full; 3]);
    assert_eq!(local.load(Ordering::Relaxed), 5);
    assert_eq!(timeout(SOON, gap).await.unwrap(), Ok(Some(3)));
    assert!(!sender.emit(Renamed, "not carried"));
    assert_eq!(
        reasons.lock().unwrap().last(),
        Some(&DropReason::NotCarried)
    );
}

#[tokio::test]
async fn remote_events_are_not_sent_again_and_unsized_payloads_arrive() {
    let engine = Memory::new();
    let shops: [Emitter<ShopEvents>; 3] = Default::default();
    let counts: [Arc<AtomicU64>; 3] = Default::default();
    let bridges: Vec<Bridge> = shops
        .iter()
        .zip(&counts)
        .map(|(shop, count)| {
            let count = Arc::clone(count);
            shop.on(Renamed, move |name| {
                assert_eq!(name, "the \"shop\"");
                count.fetch_add(1, Ordering::Relaxed);
            });
            Bridge::over(engine.clone()).carry(shop, Renamed)
        })
        .collect();
    for bridge in &bridges {
        bridge
            .emit_confirmed(Renamed, "the \"shop\"")
            .await
            .unwrap();
    }
    shops[0].emit(Renamed, "the \"shop\"");
    let closing = bridges.iter().map(|it| it.close(SOON));
    tokio::time::sleep(Duration::from_millis(300)).await;
    for is_flushed in closing {
        assert!(is_flushed.await);
    }
    let counts = counts.map(|it| it.load(Ordering::Relaxed));
    assert_eq!(counts, [4, 3, 3]);
}

#[tokio::test]
async fn closing_sends_what_is_queued_or_gives_up() {
    let engine = Memory::new();
    let (here, there) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
    let sender = Bridge::over(engine.clone()).carry(&here, Sold);
    let receiver = Bridge::over(engine.clone()).carry(&there, Sold);
    let mut sold = onward::events::on(&there, Sold);
    for number in 0..600 {
        assert!(sender.emit(Sold, &sale(number)));
    }
    assert!(sender.close(SOON).await);
    for number in 0..600 {
        assert_eq!(next(&mut sold).await.number, number);
    }
    assert!(!sender.emit(Sold, &sale(600)));

    engine.stop();
    let lost = once_with(&receiver, bridge::Dropped, |lost| lost.error.clone());
    assert!(receiver.emit(Sold, &sale(1)));
    let second = sale(2);
    let confirmed = receiver.emit_confirmed(Sold, &second);
    let closed = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        receiver.close(Duration::from_millis(100)).await
    };
    let (confirmed, closed) = tokio::join!(confirmed, closed);
    assert!(matches!(confirmed, Err(bridge::EmitError::Closed)) && !closed);
    let lost = timeout(SOON, lost).await.unwrap().unwrap();
    assert_eq!(lost.as_deref(), Some("2 events were not sent"));
}
