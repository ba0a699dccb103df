//! The tables as Rust code.

use crate::table::{Guard, Row, Table};
use std::fmt::Write;

pub(crate) fn write(tables: &[Table]) -> String {
    let mut source = HEAD.to_owned();
    for table in tables {
        push_table(&mut source, table);
    }
    source.push_str("\npub(crate) async fn respond(table: usize, req: Request, res: Response) -> Result {\n    match table {\n");
    for table in tables {
        let number = table.number;
        push(
            &mut source,
            format_args!("        {number} => table_{number}(req, res).await,\n"),
        );
    }
    source.push_str("        _ => Err(Error::not_found()),\n    }\n}\n");
    source
}

const HEAD: &str = r##"//! Written by `source.rs`: see `main.rs`.

use onward::prelude::*;
use std::fmt::Debug;
use std::str::FromStr;

/// Text with an odd number of bytes.
#[derive(Debug)]
struct Odd(#[expect(dead_code, reason = "it is read by Debug")] String);

impl FromStr for Odd {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        (text.len() % 2 == 1).then(|| Self(text.to_owned())).ok_or(())
    }
}

fn yes(req: &Request) -> bool {
    req.headers.contains_key("yes")
}

fn matched(row: usize, params: &[&dyn Debug]) -> String {
    format!("{row} {params:?}")
}
"##;

fn push_table(source: &mut String, table: &Table) {
    let Table { number, slash, .. } = table;
    push(
        source,
        format_args!("\n#[server(trailing_slash = {slash})]\n"),
    );
    push(
        source,
        format_args!("async fn table_{number}(req: Request, res: Response) -> Result {{\n"),
    );
    if decides_first(table) {
        source.push_str("    route!(unmatched);\n");
    }
    for (index, row) in table.rows.iter().enumerate() {
        push_row(source, index, row);
    }
    if table.has_fallback {
        source.push_str("    route!(_ => \"fallback\");\n");
    }
    source.push_str("}\n");
}

/// Returns whether `unmatched` is above all routes, which does not change the responses.
fn decides_first(table: &Table) -> bool {
    !table.has_fallback && table.number.is_multiple_of(2)
}

fn push_row(source: &mut String, index: usize, row: &Row) {
    match row.cfg {
        Some(true) => source.push_str("    #[cfg(test)]\n"),
        Some(false) => source.push_str("    #[cfg(any())]\n"),
        None => {}
    }
    let methods = row.methods.join(" | ");
    let space = if methods.is_empty() { "" } else { " " };
    let path = &row.path;
    let guard = match row.guard {
        Some(Guard::Yes) => " if yes(&req)",
        Some(Guard::No) => " if !yes(&req)",
        None => "",
    };
    let params: Vec<_> = names(path).map(|name| format!("&{name}")).collect();
    let params = params.join(", ");
    push(
        source,
        format_args!(
            "    route!({methods}{space}{path:?}{guard} => matched({index}, &[{params}]));\n"
        ),
    );
}

/// Returns the names between braces, without types and dots.
fn names(path: &str) -> impl Iterator<Item = &str> {
    let pieces = path.split('{').skip(1);
    pieces.filter_map(|piece| piece.split(['}', ':', '.']).next())
}

fn push(source: &mut String, what: std::fmt::Arguments<'_>) {
    source.write_fmt(what).expect("a string takes all text");
}
