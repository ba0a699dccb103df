//! Compares the measured results with the targets.

use page::{Table, number};
use std::collections::HashMap;

/// The tables by their names in the page.
pub(crate) type Tables = HashMap<&'static str, Table>;

/// The tables that have targets.
pub(crate) const PLACES: [&str; 4] = ["cpu", "full-latency", "instructions", "allocations"];

/// The maximum ratio to the cost of another server.
struct Ratio {
    place: &'static str,
    column: &'static str,
    peer: &'static str,
    most: f64,
}

/// The maximum of a figure.
struct Count {
    place: &'static str,
    column: &'static str,
    most: f64,
}

const RATIOS: [Ratio; 12] = [
    ratio("cpu", "plain", "axum", 0.82),
    ratio("cpu", "JSON", "axum", 0.82),
    ratio("cpu", "plain", "actix-web", 0.90),
    ratio("cpu", "JSON", "actix-web", 0.90),
    ratio("cpu", "plain", "hyper", 0.92),
    ratio("cpu", "JSON", "hyper", 0.92),
    ratio("cpu", "plain", "xitca-web", 0.95),
    ratio("cpu", "JSON", "xitca-web", 0.95),
    ratio("cpu", "plain", "floor", 1.14),
    ratio("cpu", "JSON", "floor", 1.14),
    ratio("cpu", "pipelined 16", "xitca-web", 0.75),
    ratio("full-latency", "plain", "axum", 1.0),
];

const COUNTS: [Count; 6] = [
    count("instructions", "plain", 6_500.0),
    count("instructions", "plain, browser", 7_300.0),
    count("instructions", "POST", 10_700.0),
    count("instructions", "pipelined 16", 3_400.0),
    count("allocations", "plain", 0.0),
    count("allocations", "plain, browser", 0.0),
];

/// The maximum number of instructions that a thousand additional routes may add.
const ROUTES: f64 = 300.0;

const fn ratio(place: &'static str, column: &'static str, peer: &'static str, most: f64) -> Ratio {
    Ratio {
        place,
        column,
        peer,
        most,
    }
}

const fn count(place: &'static str, column: &'static str, most: f64) -> Count {
    Count {
        place,
        column,
        most,
    }
}

const FORMS: [&str; 2] = [
    "**onward**, tokio's runtime",
    "**onward**, a thread per core",
];

/// Returns a table with a row for each target that `tables` has figures for.
pub(crate) fn table(tables: &Tables) -> Table {
    let mut table = Table::new(["target", "limit", FORMS[0], FORMS[1]]);
    let mut row = |target: String, limit: f64, values: [Option<f64>; 2]| {
        if values.iter().any(Option::is_some) {
            let cells = values.map(|value| value.map_or("n/a".to_owned(), |it| verdict(it, limit)));
            table.row(
                [target, format!("≤ {}", number(limit))]
                    .into_iter()
                    .chain(cells),
            );
        }
    };
    for Ratio {
        place,
        column,
        peer,
        most,
    } in RATIOS
    {
        let values = FORMS.map(|form| {
            Some(cell(tables, place, form, column)? / cell(tables, place, peer, column)?)
        });
        let what = if place == "cpu" {
            "processor time"
        } else {
            "p99 at full load"
        };
        row(format!("{what}, {column}: ratio to {peer}"), most, values);
    }
    for Count {
        place,
        column,
        most,
    } in COUNTS
    {
        let values = FORMS.map(|form| cell(tables, place, form, column));
        row(format!("{place}, {column}"), most, values);
    }
    for column in ["plain", "parameter"] {
        let with = cell(
            tables,
            "instructions",
            "**onward**, 1,000 more routes",
            column,
        );
        let without = cell(tables, "instructions", FORMS[0], column);
        let more = with.zip(without).map(|(with, without)| with - without);
        row(
            format!("instructions, {column}: added by 1,000 more routes"),
            ROUTES,
            [more, None],
        );
    }
    table
}

fn verdict(value: f64, limit: f64) -> String {
    let outcome = if value <= limit { "met" } else { "**missed**" };
    format!("{}, {outcome}", number(value))
}

/// Returns the number in a cell, or the second number if there are two.
fn cell(tables: &Tables, place: &str, row: &str, column: &str) -> Option<f64> {
    let table = tables.get(place)?;
    let column = table.head.iter().position(|title| title == column)?;
    let row = table.rows.iter().find(|cells| cells[0].starts_with(row))?;
    let cell = row.get(column)?;
    Table::number(cell.rsplit(" / ").next()?)
}
