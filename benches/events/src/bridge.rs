//! Measures the processor time of an event that a bridge carries over Redis Streams, and, for comparison, of a bare
//! Redis client that sends and receives the same JSON.
//!
//! ```text
//! bridge [EVENTS] [REDIS]     (default: 1000000 redis://127.0.0.1/)
//! ```
//!
//! Sender and receiver are in this process, whose processor time is measured; the processor time of Redis is not.

use measure::busy_process;
use onward::bridge::{Bridge, RedisStreams};
use onward::events::Emitter;
use redis::aio::MultiplexedConnection;
use redis::{Client, cmd, pipe};
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Serialize, Deserialize)]
struct Sale {
    number: u64,
    product: String,
    price: f64,
}

onward::events! { ShopEvents { Sold(Sale) } }

/// How many commands the bare client sends at once, and how many events there are per confirmed one.
const BATCH: u64 = 256;

fn sale(number: u64) -> Sale {
    Sale {
        number,
        product: "a pair of shoes".to_owned(),
        price: 59.9,
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result {
    let mut arguments = std::env::args().skip(1);
    let events = arguments.next().map_or(Ok(1_000_000), |it| it.parse())?;
    let url = arguments.next().unwrap_or("redis://127.0.0.1/".to_owned());
    let bare = bare(&url, events, 1).await?;
    println!("the client, one command at a time:  {bare:.2} µs an event");
    let pipelined = self::bare(&url, events, BATCH).await?;
    println!("the client, {BATCH} commands at a time: {pipelined:.2} µs an event");
    let bridge = bridge(&url, events).await?;
    println!("a bridge:                           {bridge:.2} µs an event");
    println!(
        "{:.2} and {:.2} times the client",
        bridge / bare,
        bridge / pipelined
    );
    println!("{}", memory()?);
    Ok(())
}

/// The peak memory of this process.
fn memory() -> Result<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    Ok(line.unwrap_or_default().to_owned())
}

/// Runs the work and returns microseconds of processor time for each event.
async fn measure_work(events: u64, work: impl Future<Output = Result>) -> Result<f64> {
    let (before, start) = (busy_process(), Instant::now());
    work.await?;
    let busy = busy_process() - before;
    eprintln!("{events} events in {:?}", start.elapsed());
    Ok(busy.as_secs_f64() * 1e6 / events as f64)
}

async fn connect(url: &str) -> Result<MultiplexedConnection> {
    Ok(Client::open(url)?
        .get_multiplexed_async_connection()
        .await?)
}

async fn bare(url: &str, events: u64, batch: u64) -> Result<f64> {
    let mut sender = connect(url).await?;
    let receiver = connect(url).await?;
    let _: i64 = cmd("DEL").arg("bare").query_async(&mut sender).await?;
    let receiving = tokio::spawn(receive(receiver, events));
    measure_work(events, async {
        for first in (0..events).step_by(batch as usize) {
            let mut pipe = pipe();
            for number in first..(first + batch).min(events) {
                let json = serde_json::to_vec(&sale(number))?;
                let command = pipe.cmd("XADD").arg("bare").arg("MAXLEN").arg("~");
                command.arg(1_000_000).arg("*").arg("e").arg(json).ignore();
            }
            let () = pipe.query_async(&mut sender).await?;
        }
        receiving.await?
    })
    .await
}

type Entries = Option<Vec<(String, Vec<(String, (String, Vec<u8>))>)>>;

async fn receive(mut connection: MultiplexedConnection, events: u64) -> Result {
    let (mut last, mut received) = ("0-0".to_owned(), 0);
    while received < events {
        let mut read = cmd("XREAD");
        read.arg("COUNT").arg(BATCH).arg("BLOCK").arg(100);
        read.arg("STREAMS").arg("bare").arg(&last);
        let entries: Entries = read.query_async(&mut connection).await?;
        for (id, (_, json)) in entries.into_iter().flatten().flat_map(|(_, it)| it) {
            let sale: Sale = serde_json::from_slice(&json)?;
            assert_eq!(sale.number, received);
            received += 1;
            last = id;
        }
    }
    Ok(())
}

async fn bridge(url: &str, events: u64) -> Result<f64> {
    let (here, there) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
    let received = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&received);
    there.on(Sold, move |sale| {
        assert_eq!(sale.number, counter.fetch_add(1, Ordering::Relaxed));
    });
    let sender = Bridge::over(RedisStreams::connect(url).await?).carry(&here, Sold);
    let receiver = Bridge::over(RedisStreams::connect(url).await?).carry(&there, Sold);
    let result = measure_work(events, async {
        for number in 0..events {
            let sale = sale(number);
            if number % BATCH == BATCH - 1 {
                sender.emit_confirmed(Sold, &sale).await?;
            } else {
                assert!(sender.emit(Sold, &sale));
            }
        }
        while received.load(Ordering::Relaxed) < events {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    })
    .await;
    sender.close(Duration::from_secs(1)).await;
    receiver.close(Duration::from_secs(1)).await;
    result
}
