//! Measures the cost of emitting an event: Onward compared with other emitters, and with Node's for scale.
//!
//! ```text
//! events                                   verifies, measures, prints the table
//! events --write ../docs/performance       also puts it into ../docs/performance.md
//! events sample <contender> <listeners>    what runs under callgrind, started by the program itself
//! ```

mod contender;
mod count;
mod node;
mod peers;
mod report;
mod time;

use contender::CONTENDERS;
use page::{Page, Table};
use report::{Figures, Row};
use std::env;
use std::path::Path;

/// The numbers of listeners.
const LISTENERS: [usize; 4] = [0, 1, 3, 100];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => println!("{}", measure()),
        ["--write", folder] => write(folder.as_ref()),
        ["sample", contender, listeners] => count::sample(
            contender.parse().expect("the index of a contender"),
            listeners.parse().expect("a number of listeners"),
        ),
        _ => eprintln!("usage: events [--write FOLDER]"),
    }
}

fn write(folder: &Path) {
    // The page is checked before the measurement, which takes a long time.
    let page = Page::beside(folder).expect("the page is next to the folder");
    let table = measure();
    println!("{table}");
    page.put("events", &table)
        .expect("the page can be written to");
}

fn measure() -> Table {
    contender::verify();
    let mut report = Table::new(report::HEAD);
    let node = node::nanoseconds(&LISTENERS)
        .inspect_err(|why| eprintln!("Node is not measured: {why}"))
        .ok();
    for (at, listeners) in LISTENERS.into_iter().enumerate() {
        let times = time::time(listeners);
        let rows = CONTENDERS.iter().zip(times).enumerate();
        let mut rows: Vec<Row> = rows
            .map(|(index, (contender, nanoseconds))| Row {
                listeners,
                emitter: contender.name,
                figures: Figures {
                    nanoseconds: Some(nanoseconds),
                    instructions: count::instructions(index, listeners)
                        .inspect_err(|why| eprintln!("no instructions: {why}"))
                        .ok(),
                    allocations: Some(count::allocations(index, listeners)),
                },
            })
            .collect();
        rows.push(Row {
            listeners,
            emitter: "Node's EventEmitter",
            figures: Figures {
                nanoseconds: node.as_ref().map(|times| times[at]),
                instructions: None,
                allocations: None,
            },
        });
        report::add(&mut report, &rows);
    }
    report
}
