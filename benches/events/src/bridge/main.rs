//! Measures events that are sent from one process to another over Redis Streams: by a bridge, by the Redis client that
//! a bridge uses, and by Socket.IO's adapter.
//!
//! ```text
//! bridge                                  measures, prints the table
//! bridge --events 100000                  with this many events; default: 1000000
//! bridge --write ../docs/performance      also puts the table into ../docs/performance.md
//! bridge replica <program> <role> <url> <events>    a process that is measured, started by the program itself
//! ```

mod bare;
mod carried;
mod contender;
mod engine;
mod process;
mod replica;
mod report;

use contender::{CONTENDERS, Contender};
use page::{Page, Table};
use process::Measured;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::path::Path;

type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The payload.
#[derive(Serialize, Deserialize)]
struct Sale {
    number: u64,
    product: String,
    price: f64,
}

/// The number of events in a batch. Only the last event of a batch is confirmed, unless each event is.
const BATCH: u64 = 256;

fn sale(number: u64) -> Sale {
    Sale {
        number,
        product: "a pair of shoes".to_owned(),
        price: 59.9,
    }
}

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => println!("{}", measure(1_000_000)?),
        ["--events", events] => println!("{}", measure(events.parse()?)?),
        ["--write", folder] => write(folder.as_ref())?,
        ["replica", program, role, url, events] => {
            replica::run(program, role, url, events.parse()?)?;
        }
        _ => eprintln!("usage: bridge [--events NUMBER | --write FOLDER]"),
    }
    Ok(())
}

fn write(folder: &Path) -> Result {
    // The page is checked before the measurement, which takes a long time.
    let page = Page::beside(folder)?;
    let table = measure(1_000_000)?;
    println!("{table}");
    Ok(page.put("bridge", &table)?)
}

fn measure(events: u64) -> Result<Table> {
    let mut rows: Vec<(&Contender, Measured)> = Vec::new();
    for contender in &CONTENDERS {
        eprintln!("{}, {}", contender.name, contender.confirmed);
        // Confirming events one at a time takes longer than confirming batches.
        let events = if contender.confirmed == "each" {
            events / 10
        } else {
            events
        };
        match process::measure(contender, events) {
            Ok(measured) => rows.push((contender, measured)),
            Err(why) => eprintln!("not measured: {why}"),
        }
    }
    Ok(report::table(&rows))
}
