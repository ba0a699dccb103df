//! Prints the tables and puts them into the page.

use crate::Entry;
use crate::budgets;
use crate::counts::Count;
use crate::http2;
use crate::idle::Idle;
use crate::options::{Measure, Options};
use crate::requests::Kind;
use crate::times::{RATE, Turn, Turns};
use page::{Page, Table, number, with_ratio};
use std::io;

/// A table, its name in the page, and its heading.
pub(crate) struct Named {
    pub(crate) place: &'static str,
    pub(crate) heading: String,
    pub(crate) table: Table,
}

pub(crate) struct Report {
    page: Option<Page>,
    tables: Vec<Named>,
}

impl Report {
    pub(crate) fn new(options: &Options) -> io::Result<Self> {
        Ok(Self {
            page: options.write.as_deref().map(Page::beside).transpose()?,
            tables: Vec::new(),
        })
    }

    pub(crate) fn add(&mut self, tables: Vec<Named>) -> io::Result<()> {
        for named in tables {
            println!("{}\n\n{}", named.heading, named.table);
            if let Some(page) = &self.page {
                page.put(named.place, &named.table)?;
            }
            self.tables.push(named);
        }
        Ok(())
    }

    /// Compares the measurements with the targets. Measurements that this run does not include are taken from the page,
    /// if the run writes to one.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let mut tables = budgets::Tables::new();
        if let Some(page) = &self.page {
            for place in budgets::PLACES {
                tables.insert(place, page.get(place)?);
            }
        }
        tables.extend(
            self.tables
                .drain(..)
                .map(|named| (named.place, named.table)),
        );
        let table = budgets::table(&tables);
        if table.rows.is_empty() {
            return Ok(());
        }
        self.add(vec![Named {
            place: "budgets",
            heading: "Targets:".to_owned(),
            table,
        }])
    }
}

/// Returns the tables of a run at full load.
pub(crate) fn full_load(entries: &[&Entry], turns: &[Vec<Turns>], options: &Options) -> Vec<Named> {
    let kinds = &options.kinds;
    let table = |cells| table(entries, kinds, turns, cells);
    let load = "64 connections, as many requests as the server can handle";
    vec![
        Named {
            place: "cpu",
            heading: format!("Processor time of the server, µs per request; {load}:"),
            table: table(&|turns, ours| {
                with_ratio(least(turns, |it| it.cpu), least(ours, |it| it.cpu))
            }),
        },
        Named {
            place: "throughput",
            heading: format!("Requests per second; {load}:"),
            table: table(&|turns, ours| {
                let most = |turns: &Turns| -least(turns, |it| -it.per_second);
                with_ratio(most(turns), most(ours))
            }),
        },
        Named {
            place: "full-latency",
            heading: format!("Latency p50 / p99, µs; {load}:"),
            table: table(&latencies),
        },
    ]
}

pub(crate) fn http2(entries: &[Entry], turns: &[[Vec<f64>; 2]]) -> Vec<Named> {
    let shape = |it: http2::Shape| format!("{} × {}", it.connections, it.streams);
    let mut table = Table::new(
        ["server".to_owned()]
            .into_iter()
            .chain(http2::SHAPES.map(shape)),
    );
    // Disturbances only add to a measurement.
    let least = |turns: &Vec<f64>| turns.iter().copied().reduce(f64::min).unwrap_or(f64::NAN);
    for (entry, turns_of_entry) in entries.iter().zip(turns) {
        let cells = turns_of_entry.iter().zip(&turns[0]);
        let cells = cells.map(|(turns, ours)| with_ratio(least(turns), least(ours)));
        table.row([title(entry)].into_iter().chain(cells));
    }
    vec![Named {
        place: "http2",
        heading: "HTTP/2: processor time of the server, µs per request; connections × requests at a time:"
            .to_owned(),
        table,
    }]
}

/// Returns the table of the file servers. Instructions are those in user space, so they do not include the copies that
/// the kernel makes.
pub(crate) fn files(
    entries: &[&Entry],
    turns: &[Vec<Turns>],
    counts: &[Option<Vec<Count>>],
    options: &Options,
) -> Vec<Named> {
    let mut heading = vec!["server".to_owned()];
    for what in ["µs", "instructions"] {
        let kinds = options.kinds.iter();
        heading.extend(kinds.map(|kind| format!("{}, {what}", kind.title())));
    }
    let mut table = Table::new(heading);
    let instructions = |count: &Option<Vec<Count>>, column: usize| {
        let count = count.as_ref().map(|it| it[column].instructions);
        count.unwrap_or(f64::NAN)
    };
    for ((entry, turns_of_entry), count) in entries.iter().zip(turns).zip(counts) {
        let mut row = vec![title(entry)];
        for (turns, ours) in turns_of_entry
            .iter()
            .zip(turns.first().into_iter().flatten())
        {
            row.push(with_ratio(
                least(turns, |it| it.cpu),
                least(ours, |it| it.cpu),
            ));
        }
        for column in 0..options.kinds.len() {
            let (count, ours) = (
                instructions(count, column),
                instructions(&counts[0], column),
            );
            row.push(with_ratio(count, ours));
        }
        table.row(row);
    }
    vec![Named {
        place: "files",
        heading: "Files: processor time of the server and instructions in user space, per request:"
            .to_owned(),
        table,
    }]
}

pub(crate) fn paced(entries: &[&Entry], turns: &[Vec<Turns>], options: &Options) -> Vec<Named> {
    let kinds = options
        .kinds
        .iter()
        .copied()
        .filter(|kind| kind.pipelined == 1);
    let kinds: Vec<Kind> = kinds.collect();
    vec![Named {
        place: "latency",
        heading: format!(
            "Latency p50 / p99, µs; 64 connections, {} requests per second:",
            number(RATE.into())
        ),
        table: table(entries, &kinds, turns, &latencies),
    }]
}

fn latencies(turns: &Turns, _: &Turns) -> String {
    let [p50, p99] = [least(turns, |it| it.p50), least(turns, |it| it.p99)];
    format!("{} / {}", number(p50), number(p99))
}

/// Returns a table with a row for each entry and a column for each kind of request. A cell is computed from its turns
/// and those of the first row.
fn table(
    entries: &[&Entry],
    kinds: &[Kind],
    turns: &[Vec<Turns>],
    cell: &dyn Fn(&Turns, &Turns) -> String,
) -> Table {
    let mut table = Table::new(head(kinds));
    for (entry, turns_of_entry) in entries.iter().zip(turns) {
        let cells = turns_of_entry
            .iter()
            .zip(&turns[0])
            .map(|(turns, ours)| cell(turns, ours));
        table.row([title(entry)].into_iter().chain(cells));
    }
    table
}

fn head(kinds: &[Kind]) -> Vec<String> {
    ["server".to_owned()]
        .into_iter()
        .chain(kinds.iter().map(|kind| kind.title()))
        .collect()
}

pub(crate) fn title(entry: &Entry) -> String {
    format!("{} {}", entry.contender.title, entry.program.version)
        .trim_end()
        .to_owned()
}

/// Returns the minimum, which is the best estimate, because disturbances only add to a measurement.
fn least(turns: &Turns, value: impl Fn(&Turn) -> f64) -> f64 {
    turns.iter().map(value).reduce(f64::min).unwrap_or(f64::NAN)
}

pub(crate) fn counts(
    entries: &[&Entry],
    counts: &[Option<Vec<Count>>],
    options: &Options,
) -> Vec<Named> {
    let of = |value: fn(Count) -> f64, cell: fn(f64, f64) -> String| {
        let mut table = Table::new(head(&options.kinds));
        for (entry, count) in entries.iter().zip(counts) {
            let cells = (0..options.kinds.len()).map(|column| {
                let value = |row: &Option<Vec<Count>>| {
                    row.as_ref().map_or(f64::NAN, |it| value(it[column]))
                };
                cell(value(count), value(&counts[0]))
            });
            table.row([title(entry)].into_iter().chain(cells));
        }
        table
    };
    let mut tables = Vec::new();
    if options.measures(Measure::Instructions) {
        tables.push(Named {
            place: "instructions",
            heading: "Instructions in user space, per request:".to_owned(),
            table: of(|count| count.instructions, with_ratio),
        });
    }
    if options.measures(Measure::Allocations) {
        tables.push(Named {
            place: "allocations",
            heading: "Heap allocations, per request:".to_owned(),
            table: of(|count| count.allocations, |value, _| allocations(value)),
        });
    }
    tables
}

/// Formats a number of allocations, such as `3` or `0.25`.
fn allocations(count: f64) -> String {
    let text = format!("{count:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.trim_start_matches('-').to_owned()
}

pub(crate) fn idle(entries: &[&Entry], idle: &[Option<Idle>]) -> Vec<Named> {
    let each = |idle: &Option<Idle>| {
        let each = |it: &Idle| (it.with - it.before) / it.connections as f64 / 1000.0;
        idle.as_ref().map_or(f64::NAN, each)
    };
    let megabytes = |idle: &Option<Idle>, value: fn(&Idle) -> f64| {
        number(idle.as_ref().map_or(f64::NAN, |it| value(it) / 1e6))
    };
    let connections = idle
        .iter()
        .flatten()
        .map(|it| it.connections)
        .next()
        .unwrap_or_default();
    let with = format!("with {} connections, MB", number(connections as f64));
    let mut table = Table::new([
        "server",
        "after one request, MB",
        &with,
        "each connection, KB",
    ]);
    for (entry, it) in entries.iter().zip(idle) {
        table.row([
            title(entry),
            megabytes(it, |it| it.before),
            megabytes(it, |it| it.with),
            with_ratio(each(it), each(&idle[0])),
        ]);
    }
    vec![Named {
        place: "idle",
        heading: "Resident memory with idle connections, each after one request:".to_owned(),
        table,
    }]
}
