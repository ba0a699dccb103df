//! Runs rounds in which all figures of a server are measured in one turn, and makes the tables of the results.

use crate::Entry;
use crate::options::Options;
use crate::tables::title;
use page::{Table, with_ratio};
use std::io;

/// Returns the minimum of each column, for each entry: disturbances only add to a measurement.
pub(crate) fn least<const N: usize>(
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

/// Returns a table with a row for each entry. Each cell has its ratio to the first row.
pub(crate) fn table<const N: usize>(
    entries: &[Entry],
    columns: &[&str; N],
    rows: &[[f64; N]],
) -> Table {
    let columns = columns.map(str::to_owned);
    let mut table = Table::new(["server".to_owned()].into_iter().chain(columns));
    for (entry, row) in entries.iter().zip(rows) {
        let cells = row.iter().zip(&rows[0]);
        let cells = cells.map(|(value, ours)| with_ratio(*value, *ours));
        table.row([title(entry)].into_iter().chain(cells));
    }
    table
}
