//! The rows of the Markdown table.

use crate::time::Time;
use page::{Table, with_ratio};

/// The measurements of one router on one table of routes.
pub(crate) struct Row {
    pub(crate) table: &'static str,
    pub(crate) router: &'static str,
    pub(crate) hits: Figures,
    pub(crate) misses: Figures,
}

pub(crate) struct Figures {
    pub(crate) in_order: Time,
    pub(crate) random: Time,
    pub(crate) allocations: f64,
    pub(crate) instructions: Option<f64>,
}

pub(crate) const HEAD: [&str; 9] = [
    "routes",
    "router",
    "hits in order, ns",
    "hits at random, ns",
    "misses in order, ns",
    "misses at random, ns",
    "allocations hit / miss",
    "instructions hit",
    "instructions miss",
];

/// Adds the rows of one table of routes; the others are compared with the first one.
pub(crate) fn add(report: &mut Table, rows: &[Row]) {
    let Some(ours) = rows.first() else { return };
    for row in rows {
        report.row([
            row.table.to_owned(),
            row.router.to_owned(),
            time(row.hits.in_order),
            time(row.hits.random),
            time(row.misses.in_order),
            time(row.misses.random),
            allocations(row),
            instructions(&row.hits, &ours.hits),
            instructions(&row.misses, &ours.misses),
        ]);
    }
}

/// Formats the time in the fastest round, and the median of the ratios.
fn time(time: Time) -> String {
    with_ratio(time.nanoseconds, time.nanoseconds / time.ratio)
}

fn allocations(row: &Row) -> String {
    let [hit, miss] = [&row.hits, &row.misses].map(|it| {
        let whole = it.allocations.fract() == 0.0;
        let digits = if whole { 0 } else { 2 };
        format!("{:.digits$}", it.allocations)
    });
    format!("{hit} / {miss}")
}

fn instructions(figures: &Figures, ours: &Figures) -> String {
    match (figures.instructions, ours.instructions) {
        (Some(count), Some(ours)) => with_ratio(count, ours),
        _ => "n/a".to_owned(),
    }
}
