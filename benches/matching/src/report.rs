//! The rows of the Markdown table.

use page::{Table, with_ratio};

/// What was measured of one router on one table of routes.
pub(crate) struct Row {
    pub(crate) table: &'static str,
    pub(crate) router: &'static str,
    pub(crate) hits: Figures,
    pub(crate) misses: Figures,
}

pub(crate) struct Figures {
    pub(crate) in_order: f64,
    pub(crate) random: f64,
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

/// `rows` are those of one table of routes; the first is what the others are compared with.
pub(crate) fn add(report: &mut Table, rows: &[Row]) {
    let Some(ours) = rows.first() else { return };
    for row in rows {
        report.row([
            row.table.to_owned(),
            row.router.to_owned(),
            with_ratio(row.hits.in_order, ours.hits.in_order),
            with_ratio(row.hits.random, ours.hits.random),
            with_ratio(row.misses.in_order, ours.misses.in_order),
            with_ratio(row.misses.random, ours.misses.random),
            allocations(row),
            instructions(&row.hits, &ours.hits),
            instructions(&row.misses, &ours.misses),
        ]);
    }
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
