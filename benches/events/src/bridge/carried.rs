//! Sends and receives events over a bridge.

use crate::contender::Program;
use crate::replica::Meter;
use crate::{BATCH, Result, Sale, sale};
use onward::bridge::{self, Bridge, RedisStreams};
use onward::events::{Emitter, once_with};
use std::fmt::Display;
use std::sync::atomic::{AtomicU64, Ordering};

onward::events! { ShopEvents { Sold(Sale) } }

async fn start(url: &str, shop: &Emitter<ShopEvents>) -> Result<Bridge> {
    let bridge = Bridge::over(RedisStreams::connect(url).await?).carry(shop, Sold);
    bridge.on(bridge::Gap, |gap| fail(gap));
    bridge.on(bridge::Dropped, |lost| fail(lost));
    once_with(&bridge, bridge::Up, |_| ()).await?;
    Ok(bridge)
}

fn fail(why: &dyn Display) -> ! {
    eprintln!("{why}");
    std::process::exit(1);
}

pub(crate) async fn send(program: Program, url: &str, events: u64) -> Result {
    let shop = Emitter::new();
    let bridge = start(url, &shop).await?;
    let meter = Meter::start(events);
    for number in 0..events {
        let sale = sale(number);
        let is_last = number % BATCH == BATCH - 1 || number == events - 1;
        if is_last || program == Program::EmitConfirmed {
            bridge.emit_confirmed(Sold, &sale).await?;
        } else if !bridge.emit(Sold, &sale) {
            return Err("the outbox is full".into());
        }
        meter.count(number + 1);
    }
    std::future::pending().await
}

pub(crate) async fn receive(url: &str, events: u64) -> Result {
    let shop = Emitter::new();
    let bridge = start(url, &shop).await?;
    let (meter, received) = (Meter::start(events), AtomicU64::new(0));
    shop.on(Sold, move |sale| {
        let number = received.fetch_add(1, Ordering::Relaxed);
        if sale.number != number {
            fail(&format!("{} in place of {number}", sale.number));
        }
        meter.count(number + 1);
    });
    // Waits until the process is killed, so that the bridge is not dropped.
    let _ = std::future::pending::<()>().await;
    drop(bridge);
    Ok(())
}
