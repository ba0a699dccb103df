//! What it costs to compile: ours beside axum.
//!
//! ```text
//! compile                rustc alone, on an app of 10, 100, 300 and 1000 routes
//! compile 300 1000       the same with these numbers of routes
//! compile hello          hello world: crates, clean builds, size of the binary
//! ```

mod app;
mod cost;
mod crates;
mod hello;
mod report;
mod routes;
mod rustc;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo calls this program in place of rustc while an app is measured.
    if let Some(log) = env::var_os(rustc::LOG) {
        return rustc::stand_in(log.as_ref());
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments == ["hello"] {
        hello::measure();
        return ExitCode::SUCCESS;
    }
    let counts: Result<Vec<usize>, _> = arguments.iter().map(|count| count.parse()).collect();
    match counts {
        Ok(counts) if counts.is_empty() => routes::measure(&[10, 100, 300, 1000]),
        Ok(counts) => routes::measure(&counts),
        Err(_) => {
            eprintln!("usage: compile [hello | NUMBER OF ROUTES …]");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
