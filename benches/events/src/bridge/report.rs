//! The rows of the Markdown table.

use crate::contender::Contender;
use crate::process::{Figures, Measured};
use page::{Table, number, with_ratio};

pub(crate) fn table(rows: &[(&Contender, Measured)]) -> Table {
    let mut table = Table::new([
        "confirmed",
        "program",
        "events",
        "CPU, µs",
        "sender",
        "receiver",
        "memory after 10%, MB",
        "after 50%",
        "after 100%",
    ]);
    for (contender, measured) in rows {
        // The first contender that confirms as often.
        let first = rows.iter().find(|it| it.0.confirmed == contender.confirmed);
        let Some((_, first)) = first else { continue };
        let events = measured.events as f64;
        let cells = [
            contender.confirmed.to_owned(),
            contender.name.to_owned(),
            number(events),
            with_ratio(measured.busy() / events, first.busy() / events),
            number(measured.sender.busy / events),
            number(measured.receiver.busy / events),
        ];
        let memory = (0..3).map(|at| measured.memory(at));
        table.row(cells.into_iter().chain(memory));
    }
    table
}

impl Measured {
    fn busy(&self) -> f64 {
        self.sender.busy + self.receiver.busy
    }

    /// Formats the memory of the sender and of the receiver.
    fn memory(&self, at: usize) -> String {
        let megabytes = |it: &Figures| {
            it.memory
                .get(at)
                .map_or("n/a".to_owned(), |it| number(it / 1e6))
        };
        format!(
            "{} + {}",
            megabytes(&self.sender),
            megabytes(&self.receiver)
        )
    }
}
