//! Measures connections that stay open: WebSockets, and an event for many followers.

mod client;
mod fan_out;
mod websocket;

use crate::cores::Cores;
use crate::options::{Measure, Options};
use crate::tables::{Named, Report, title};
use crate::{Entry, built, contender};
use page::{Table, with_ratio};
use std::io;

pub(crate) fn measure(options: &Options, cores: Cores, report: &mut Report) -> io::Result<()> {
    if options.measures(Measure::WebSocket) {
        let chosen = contender::websocket().into_iter();
        let entries = built(chosen.filter(|it| options.takes(it)), |_| Ok(()));
        let turns = rounds(&entries, options, |entry| {
            websocket::take_turn(entry, options.seconds, cores)
        });
        report.add(vec![Named {
            place: "websocket",
            heading: "WebSocket echo: processor time of the server, µs per message:".to_owned(),
            table: table(&entries, &websocket::COLUMNS, &turns),
        }])?;
    }
    if options.measures(Measure::FanOut) {
        let chosen = contender::fan_out().into_iter();
        let entries = built(chosen.filter(|it| options.takes(it)), |_| Ok(()));
        let turns = rounds(&entries, options, |entry| {
            fan_out::take_turn(entry, options.seconds, cores)
        });
        report.add(vec![Named {
            place: "fan-out",
            heading: format!(
                "Server-sent events to {} followers:",
                page::number(fan_out::FOLLOWERS as f64)
            ),
            table: table(&entries, &fan_out::COLUMNS, &turns),
        }])?;
    }
    Ok(())
}

/// The least value of each column, for each entry: disturbances only add to a measurement.
fn rounds<const N: usize>(
    entries: &[Entry],
    options: &Options,
    take_turn: impl Fn(&Entry) -> io::Result<[f64; N]>,
) -> Vec<[f64; N]> {
    let mut all = vec![[f64::NAN; N]; entries.len()];
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        for turn in 0..entries.len() {
            // Each round begins with a different server.
            let row = (turn + round) % entries.len();
            match take_turn(&entries[row]) {
                Ok(values) => {
                    for (least, value) in all[row].iter_mut().zip(values) {
                        *least = least.min(value);
                    }
                }
                Err(why) => eprintln!("{}: {why}", entries[row].contender.key),
            }
        }
    }
    all
}

fn table<const N: usize>(entries: &[Entry], columns: &[&str; N], rows: &[[f64; N]]) -> Table {
    let columns = columns.map(str::to_owned);
    let mut table = Table::new(["server".to_owned()].into_iter().chain(columns));
    for (entry, row) in entries.iter().zip(rows) {
        let cells = row.iter().zip(&rows[0]);
        let cells = cells.map(|(value, ours)| with_ratio(*value, *ours));
        table.row([title(entry)].into_iter().chain(cells));
    }
    table
}
