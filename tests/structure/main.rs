//! The structure of the crates: which part may use which, and how large a part may be.
//!
//! In `runtime/src` and in `macros/src`, a file has at most 400 lines, a function at most 50, and a folder at most 14
//! files. The layers of `runtime/src` are in [`imports`]. These rules also hold there:
//!
//! - in `http/`, `thread_local!` is used only in `scratch.rs`;
//! - in `http/`, no two types have the same name;
//! - every item of the public API has an example;
//! - the functions of [`optional`] parts are `#[inline]`.
//!
//! Tests are not counted and may import anything.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

mod examples;
mod imports;
mod names;
mod optional;
mod size;
mod source;

use std::fmt::Write as _;

use crate::source::{Source, sources};

/// A violation of a rule by a file.
struct Violation {
    file: String,
    line: usize,
    message: String,
}

impl Violation {
    fn new(source: &Source, line: usize, message: String) -> Self {
        Self {
            file: source.path.clone(),
            line,
            message,
        }
    }
}

fn assert_none(root: &str, mut violations: Vec<Violation>) {
    violations.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    let mut list = String::new();
    for Violation {
        file,
        line,
        message,
    } in &violations
    {
        let _ = writeln!(list, "{root}/{file}:{line}: {message}");
    }
    let count = violations.len();
    assert!(violations.is_empty(), "\n{list}{count} violations");
}

fn runtime_violations(sources: &[Source]) -> Vec<Violation> {
    let mut violations = size_violations(sources);
    for source in sources {
        violations.extend(imports::violations(source));
        violations.extend(names::thread_locals(source));
        violations.extend(optional::violations(source));
    }
    violations.extend(names::duplicates(sources));
    violations.extend(examples::violations(sources));
    violations
}

fn size_violations(sources: &[Source]) -> Vec<Violation> {
    let files = sources.iter().flat_map(size::violations);
    files.chain(size::folders(sources)).collect()
}

#[test]
fn every_rule_holds_for_the_runtime() {
    let root = "runtime/src";
    assert_none(root, runtime_violations(&sources(root)));
}

#[test]
fn the_parts_of_the_macros_are_small_enough() {
    let root = "macros/src";
    assert_none(root, size_violations(&sources(root)));
}
