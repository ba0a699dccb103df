//! Measures the cost of compiling: Onward compared with axum.
//!
//! ```text
//! compile                rustc alone, on an app of 10, 100, 300 and 1000 routes
//! compile 300 1000       the same with these numbers of routes
//! compile --incremental  `cargo check` after one of 300 handlers was changed
//! compile --check 300    `cargo check` of routes that declare their query, body and reply
//! compile --write ../docs/performance   also puts the table into ../docs/performance.md
//! ```

mod checks;
mod incremental;
mod routes;

use compile::rustc;
use lexopt::prelude::*;
use page::Page;
use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Default)]
struct Options {
    counts: Vec<usize>,
    check: Option<usize>,
    incremental: bool,
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    // While an app is being measured, cargo calls this program in place of rustc.
    if let Some(log) = env::var_os(rustc::LOG) {
        return rustc::stand_in(log.as_ref());
    }
    match options().map_err(Into::into).and_then(|it| run(&it)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "{error}\n\nusage: compile [NUMBER OF ROUTES … | --check ROUTES | --incremental] [--write FOLDER]"
            );
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, lexopt::Error> {
    let mut options = Options::default();
    let mut words = lexopt::Parser::from_env();
    while let Some(word) = words.next()? {
        match word {
            Value(count) => options.counts.push(count.parse()?),
            Long("check") => options.check = Some(words.value()?.parse()?),
            Long("incremental") => options.incremental = true,
            Long("write") => options.write = Some(words.value()?.into()),
            other => return Err(other.unexpected()),
        }
    }
    if options.counts.is_empty() {
        options.counts = vec![10, 100, 300, 1000];
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let (place, table) = match options.check {
        Some(count) => ("check", checks::measure(count)),
        None if options.incremental => ("incremental", incremental::measure()),
        None => ("compile", routes::measure(&options.counts)),
    };
    println!("{table}");
    if let Some(folder) = &options.write {
        Page::beside(folder)?.put(place, &table)?;
    }
    Ok(())
}
