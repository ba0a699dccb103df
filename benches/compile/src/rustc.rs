//! This program stands in for rustc: it runs the real rustc and records its cost.

use crate::cost::Cost;
use crate::crates::APP;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

/// The variable that makes this program stand in for rustc, and names the file to write to.
pub const LOG: &str = "COMPILE_BENCH_LOG";

/// Runs rustc. Cargo calls the program in `RUSTC_WORKSPACE_WRAPPER` with the path of rustc and its arguments.
pub fn stand_in(log: &Path) -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().expect("cargo names rustc first");
    let arguments: Vec<_> = arguments.collect();
    let compiles_app = arguments
        .windows(2)
        .any(|two| two[0] == "--crate-name" && two[1] == APP);
    let status = Command::new(rustc)
        .args(&arguments)
        .status()
        .expect("rustc can be started");
    if compiles_app {
        let Cost {
            cpu_seconds,
            peak_megabytes,
        } = Cost::of_children();
        fs::write(log, format!("{cpu_seconds} {peak_megabytes}")).expect("the log can be written");
    }
    match status.code() {
        Some(0) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Reads the cost that [`stand_in`] wrote.
pub fn read(log: &Path) -> Cost {
    let text = fs::read_to_string(log).expect("rustc has been run");
    let (cpu_seconds, peak_megabytes) = text.split_once(' ').expect("two numbers");
    Cost {
        cpu_seconds: cpu_seconds.parse().expect("a number"),
        peak_megabytes: peak_megabytes.parse().expect("a number"),
    }
}
