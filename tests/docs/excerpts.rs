//! The excerpts of other files in README: a compile error, a part of an expansion, four rows of a table.
//!
//! `DOCS=overwrite cargo test --test docs` copies them again.

use std::fs;

use crate::table::{Table, between};
use crate::{read, root};

/// The UI test whose output README shows.
const COMPILE_ERROR: &str = "order/untyped_above_literal";

/// The rows of the table of processor time, by their beginnings, and its columns.
const SERVERS: [&str; 4] = ["**onward**, tokio's runtime", "hyper", "axum", "actix-web"];
const COLUMNS: [&str; 5] = ["server", "plain", "JSON", "POST", "pipelined 16"];

/// All excerpts are in one test, because each may write the file that the others read.
#[test]
fn readme_shows_current_excerpts() {
    let overwrite = std::env::var_os("DOCS").is_some_and(|value| value == "overwrite");
    for (name, excerpt) in [
        ("compile error", compile_error()),
        ("expansion", expansion()),
        ("performance", performance()),
    ] {
        let readme = read("README.md");
        let shown = between(&readme, name);
        if overwrite {
            let begin = format!("<!-- {name} -->\n");
            let (before, rest) = readme
                .split_once(&begin)
                .expect("the mark before the excerpt");
            let end = format!("\n<!-- /{name} -->");
            let (_, after) = rest.split_once(&end).expect("the mark after the excerpt");
            let readme = [before, &begin, "\n", &excerpt, "\n", &end, after].concat();
            fs::write(root().join("README.md"), readme).expect("README is written");
        } else {
            assert_eq!(
                shown, excerpt,
                "README's {name}; copy it with DOCS=overwrite"
            );
        }
    }
}

/// Returns rustc's output for the UI test `COMPILE_ERROR`, with the path of a program in place of the path of the test.
fn compile_error() -> String {
    let printed = read(format!("tests/ui/{COMPILE_ERROR}.stderr"));
    let file = format!("ui/{COMPILE_ERROR}.rs");
    assert!(printed.contains(&file), "{printed}");
    format!(
        "```text\n{}\n```",
        printed.trim_end().replace(&file, "src/main.rs")
    )
}

/// Returns the function in `examples/products_expanded.rs`, without its comments. Another test compares that file with
/// the macro's output.
fn expansion() -> String {
    let program = read("examples/products_expanded.rs");
    let start = program.find("async fn products").expect("the function");
    let end = program[start..].find("\n}\n").expect("the end");
    let lines = program[start..start + end].lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    let lines: Vec<&str> = lines.collect();
    format!("```rust,ignore\n{}\n}}\n```", lines.join("\n"))
}

/// Returns some rows and columns of the table of processor time.
fn performance() -> String {
    let table = Table::marked(&read("docs/performance.md"), "cpu");
    let mut lines = vec![
        format!("| {} |", COLUMNS.join(" | ")),
        format!("|{}", " --- |".repeat(COLUMNS.len())),
    ];
    for server in SERVERS {
        let cells = COLUMNS.map(|column| table.cell(&[server], column));
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.join("\n")
}
