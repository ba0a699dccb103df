//! Entries that a stream no longer has.

use std::time::Duration;

use onward::bridge::{self, Bridge, DropReason, GapCause, RedisStreams};
use onward::events::{Emitter, once_with};
use tokio::time::timeout;

use crate::proxy::Proxy;
use crate::redis_server::Redis;
use crate::replica::{Renamed, SOON, ShopEvents, Sold, next, sale};

async fn bridge(url: &str, shop: &Emitter<ShopEvents>) -> Bridge {
    let engine = RedisStreams::connect(url).await.unwrap().max_len(100);
    // Heartbeats are a day apart, because otherwise a heartbeat could detect at any time that the link is cut.
    let day = Duration::from_secs(86_400);
    Bridge::over(engine).carry(shop, Sold).heartbeat(day)
}

#[tokio::test]
async fn a_replica_resumes_after_the_last_entry_and_reports_those_that_were_removed() {
    let redis = Redis::start();
    let proxy = Proxy::start(redis.port).await;
    let (here, there) = (Emitter::new(), Emitter::new());
    let sender = bridge(&redis.url(), &here).await;
    let receiver = bridge(&format!("redis://{}/", proxy.addr), &there).await;
    once_with(&receiver, bridge::Up, |_| ()).await.unwrap();
    // The replicas know each other before the link is cut.
    let sold = once_with(&there, Sold, |sale| sale.number);
    sender.emit_confirmed(Sold, &sale(0)).await.unwrap();
    assert_eq!(timeout(SOON, sold).await.unwrap(), Ok(0));

    for (count, is_gap) in [(20, false), (1000, true)] {
        let down = once_with(&receiver, bridge::Down, |_| ());
        proxy.cut();
        timeout(SOON, down).await.unwrap().unwrap();
        let gap = once_with(&receiver, bridge::Gap, |gap| gap.cause);
        let mut sold = onward::events::on(&there, Sold);
        for number in 1..=count {
            sender.emit_confirmed(Sold, &sale(number)).await.unwrap();
        }
        let up = once_with(&receiver, bridge::Up, |_| ());
        proxy.restore();
        timeout(SOON, up).await.unwrap().unwrap();
        if is_gap {
            assert_eq!(timeout(SOON, gap).await.unwrap(), Ok(GapCause::Engine));
        }
        let first = next(&mut sold).await;
        assert_eq!(first.number == 1, !is_gap);
        for number in first.number + 1..=count {
            let next = next(&mut sold).await;
            assert_eq!(next.number, number);
        }
    }
}

/// The stream is deleted, as if a server without a file had been killed.
#[tokio::test]
async fn a_stream_that_was_lost_is_a_gap() {
    let redis = Redis::start();
    let (here, there) = (Emitter::new(), Emitter::new());
    let sender = bridge(&redis.url(), &here).await;
    let proxy = Proxy::start(redis.port).await;
    let receiver = bridge(&format!("redis://{}/", proxy.addr), &there).await;
    once_with(&receiver, bridge::Up, |_| ()).await.unwrap();
    sender.emit_confirmed(Sold, &sale(1)).await.unwrap();

    let down = once_with(&receiver, bridge::Down, |_| ());
    proxy.cut();
    timeout(SOON, down).await.unwrap().unwrap();
    redis.command(&["DEL", "onward:bridge"]);
    let gap = once_with(&receiver, bridge::Gap, |gap| gap.cause);
    let sold = once_with(&there, Sold, |sale| sale.number);
    sender.emit_confirmed(Sold, &sale(2)).await.unwrap();
    proxy.restore();
    assert_eq!(timeout(SOON, gap).await.unwrap(), Ok(GapCause::Engine));
    assert_eq!(timeout(SOON, sold).await.unwrap(), Ok(2));
}

#[tokio::test]
async fn other_versions_and_foreign_entries_are_dropped() {
    let redis = Redis::start();
    let (here, there) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
    let sender = bridge(&redis.url(), &here).await.carry(&here, Renamed);
    let receiver = bridge(&redis.url(), &there)
        .await
        .carry(&there, Renamed)
        .version(2);
    once_with(&receiver, bridge::Up, |_| ()).await.unwrap();
    let mut dropped = onward::events::on_with(&receiver, bridge::Dropped, Clone::clone);

    sender.emit_confirmed(Renamed, "the shop").await.unwrap();
    let lost = next(&mut dropped).await;
    assert_eq!((&*lost.set, &*lost.event), ("ShopEvents", "Renamed"));
    assert_eq!(lost.reason, DropReason::Unknown);

    for text in [
        "",
        "onward/1 a 1 0 open\nShopEvents Sold 1 1 2\n{",
        "\u{7f} 1\n",
    ] {
        redis.command(&["XADD", "onward:bridge", "*", "frame", text]);
        let lost = next(&mut dropped).await;
        assert_eq!(lost.reason, DropReason::Decode, "{text}");
    }
    redis.command(&["XADD", "onward:bridge", "*", "one", "1", "two", "2"]);
    assert_eq!(next(&mut dropped).await.reason, DropReason::Decode);
    let sold = once_with(&there, Sold, |sale| sale.number);
    sender.emit_confirmed(Sold, &sale(1)).await.unwrap();
    assert_eq!(timeout(SOON, sold).await.unwrap(), Ok(1));
}
