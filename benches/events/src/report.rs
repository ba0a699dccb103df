//! The rows of the Markdown table.

use page::{Table, with_ratio};

/// The measurements of one emitter with one number of listeners.
pub(crate) struct Row {
    pub(crate) listeners: usize,
    pub(crate) emitter: &'static str,
    pub(crate) figures: Figures,
}

/// The figures of one emitter, per event.
pub(crate) struct Figures {
    pub(crate) nanoseconds: Option<f64>,
    pub(crate) instructions: Option<f64>,
    pub(crate) allocations: Option<f64>,
}

pub(crate) const HEAD: [&str; 5] = ["listeners", "emitter", "ns", "instructions", "allocations"];

/// Adds rows with the same number of listeners; the others are compared with the first one.
pub(crate) fn add(report: &mut Table, rows: &[Row]) {
    let Some(ours) = rows.first() else { return };
    for row in rows {
        let (figures, ours) = (&row.figures, &ours.figures);
        report.row([
            row.listeners.to_string(),
            row.emitter.to_owned(),
            compared(figures.nanoseconds, ours.nanoseconds),
            compared(figures.instructions, ours.instructions),
            figures
                .allocations
                .map_or_else(|| "n/a".to_owned(), |count| count.to_string()),
        ]);
    }
}

fn compared(value: Option<f64>, ours: Option<f64>) -> String {
    match (value, ours) {
        (Some(value), Some(ours)) => with_ratio(value, ours),
        _ => "n/a".to_owned(),
    }
}
