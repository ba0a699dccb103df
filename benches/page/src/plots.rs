//! The plots of the page on performance. They are drawn from its tables, so that both always agree.

use crate::markdown::{Page, Table};
use crate::plot::{Bar, Line, bars, lines};
use std::fs;
use std::io;
use std::path::Path;

/// Draws `cpu.svg` and `matching.svg` in `folder` from the tables of the page beside it. The plot of an empty
/// table is not changed.
pub fn redraw(folder: &Path) -> io::Result<()> {
    let page = Page::beside(folder)?;
    fs::create_dir_all(folder)?;
    let plots: [(&str, Draw); 2] = [("cpu", cpu), ("matching", matching)];
    for (place, draw) in plots {
        let table = page.get(place)?;
        if !table.rows.is_empty() {
            fs::write(folder.join(place).with_extension("svg"), draw(&table))?;
        }
    }
    Ok(())
}

type Draw = fn(&Table) -> String;

/// Draws the first column of figures, smallest first.
fn cpu(table: &Table) -> String {
    let all = table.rows.iter().filter_map(|row| {
        Some(Bar {
            name: plain(&row[0]),
            value: Table::number(row.get(1)?)?,
            ours: row[0].contains(OURS),
        })
    });
    let mut all: Vec<Bar> = all.collect();
    all.sort_by(|one, other| one.value.total_cmp(&other.value));
    let unit = "µs of the server, user and system; GET / with a text response; 64 connections";
    bars("Processor time per request", unit, &all)
}

/// Draws a line for each router over the number of routes, for requests at random.
fn matching(table: &Table) -> String {
    const AT_RANDOM: &str = "hits at random, ns";
    let column = table.head.iter().position(|title| title == AT_RANDOM);
    let mut all: Vec<Line> = Vec::new();
    for row in &table.rows {
        // The cells are `REST-1000`, `**onward**`, …
        let routes = row[0].rsplit('-').next().and_then(Table::number);
        let time = column.and_then(|at| Table::number(row.get(at)?));
        let (Some(router), Some(point)) = (row.get(1), routes.zip(time)) else {
            continue;
        };
        match all.iter_mut().find(|line| line.name == plain(router)) {
            Some(line) => line.points.push(point),
            None => all.push(Line {
                name: plain(router),
                points: vec![point],
                ours: router.contains(OURS),
            }),
        }
    }
    let unit =
        "ns for each request, parameters read; requests at random; both axes are logarithmic";
    lines("Time to find the route of a request", unit, "routes", &all)
}

const OURS: &str = "onward";

/// Removes the Markdown from a text.
fn plain(cell: &str) -> String {
    cell.replace("**", "")
}
