//! Checks `docs/node.md`: its list of differences, and the names in its tables.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::golden;
use crate::verdict::{Kind, Verdict, verdicts};

const BEGIN: &str =
    "<!-- differences: written by `NODE_DIFFERENCES=overwrite cargo test --test node` -->\n";
const END: &str = "<!-- end of differences -->\n";

#[test]
fn the_differences_are_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/node.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).expect("the start of the table");
    let (table, after) = rest.split_once(END).expect("the end of the table");
    let expected = differences();
    if std::env::var_os("NODE_DIFFERENCES").is_some_and(|value| value == "overwrite") {
        let document = [before, BEGIN, &expected, END, after].concat();
        std::fs::write(path, document).unwrap();
    } else {
        assert_eq!(table, expected, "{BEGIN}");
    }
}

/// Returns the number of scenarios, and a table of those that differ, grouped by reason, in the order of the recording.
fn differences() -> String {
    let scenarios = golden::scenarios();
    let titles: HashMap<_, _> = scenarios
        .iter()
        .map(|scenario| (scenario.name.as_str(), scenario.title.as_str()))
        .collect();
    let verdicts = verdicts();
    let mut rows: Vec<(&Verdict, Vec<&str>)> = Vec::new();
    for verdict in verdicts.iter().filter(|it| it.kind != Kind::Same) {
        let title = titles[verdict.scenario.as_str()];
        match rows
            .iter_mut()
            .find(|(other, _)| other.reason == verdict.reason)
        {
            Some((_, titles)) => titles.push(title),
            None => rows.push((verdict, vec![title])),
        }
    }
    let count = |kind| verdicts.iter().filter(|it| it.kind == kind).count();
    let mut text = format!(
        "Of {} scenarios, {} are the same and {} are intentionally different.\n\n",
        verdicts.len(),
        count(Kind::Same),
        count(Kind::Different),
    );
    text += "| scenario | Onward |\n|---|---|\n";
    for (verdict, titles) in rows {
        let titles = titles.join("<br>").replace('|', "\\|");
        let _ = writeln!(text, "| {titles} | {} |", verdict.reason);
    }
    text
}

/// The second column of every table must name public items.
#[test]
fn the_named_items_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let document = std::fs::read_to_string(root.join("docs/node.md")).unwrap();
    let (_, tables) = document.split_once("## The API").expect("the tables");
    let source = source(&root.join("runtime/src"));
    let mut count = 0;
    for row in tables.lines().filter(|line| line.starts_with("| ")) {
        let onward = row.replace("\\|", "").split('|').nth(2).map(str::to_owned);
        let onward = onward.expect("a second column");
        for name in onward.split('`').skip(1).step_by(2).filter_map(name) {
            count += 1;
            assert!(is_public(&source, name), "`{name}` of {row}");
        }
    }
    assert!(count > 100, "{count} names");
}

/// Returns the name of an item, such as `listen` in `listen(Systemd::socket())`. Returns only the first part of a path,
/// and `None` for items of other crates.
fn name(code: &str) -> Option<&str> {
    let code = code
        .trim_start_matches("http::")
        .trim_start_matches("server.")
        .trim_start_matches("socket.");
    let code = code
        .trim_start_matches("req.")
        .trim_start_matches("body.")
        .trim_start_matches("emitter.");
    let end = code.find(|char: char| !char.is_alphanumeric() && char != '_');
    let name = &code[..end.unwrap_or(code.len())];
    (!matches!(name, "HeaderName" | "HeaderValue" | "StatusCode" | "")).then_some(name)
}

fn is_public(source: &str, name: &str) -> bool {
    let declarations = [
        format!("pub fn {name}("),
        format!("pub fn {name}<"),
        format!("pub async fn {name}("),
        format!("pub async fn {name}<"),
        format!("pub {name}:"),
        format!("pub struct {name}"),
        // An event.
        format!("        {name},"),
        format!("        {name}("),
    ];
    declarations.iter().any(|it| source.contains(it))
}

/// Reads the text of all files in a folder.
fn source(folder: &Path) -> String {
    let mut source = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        source += &match path.is_dir() {
            true => self::source(&path),
            false => std::fs::read_to_string(&path).unwrap(),
        };
    }
    source
}
