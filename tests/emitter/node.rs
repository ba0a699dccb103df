//! Node's behaviors, as recorded from Node 20 and 26 (`data/emitter-behaviours.json`). Each has a test with the name of
//! the record (`_` for `-`), or a row in the table of `docs/events.md` with the reason why it has none.

mod capturing;
mod emitting;
mod errors;
mod inspecting;
mod meta_events;
mod removing;
mod waiting;

use std::collections::BTreeSet;
use std::fs;

/// Returns the names of the tests in this folder and in `process.rs`.
fn tests() -> BTreeSet<String> {
    let folder =
        fs::read_dir("emitter/node").expect("cargo runs tests in the folder of their package");
    let files = folder.map(|entry| entry.expect("an entry").path());
    let texts = files
        .chain(["emitter/process.rs".into()])
        .map(|path| fs::read_to_string(path).expect("a source file"));
    let mut names = BTreeSet::new();
    for text in texts {
        for test in text.split("test]\n").skip(1) {
            let name = test
                .split_once("fn ")
                .and_then(|(_, it)| it.split_once('('));
            names.insert(name.expect("a function").0.to_owned());
        }
    }
    names
}

/// Returns the names that the table of `docs/events.md` marks as having no test.
fn untested() -> BTreeSet<String> {
    let guide = fs::read_to_string("../docs/events.md").expect("the guide");
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| `"));
    let untested = rows.filter_map(|row| {
        let (id, rest) = row.split_once("` |")?;
        let reason = rest.rsplit_once("| no test: ")?.1;
        assert!(reason.len() > 30, "the reason for {id} is too short");
        Some(id.replace('-', "_"))
    });
    untested.collect()
}

#[test]
fn every_behavior_has_a_test_or_a_reason() {
    let record = fs::read_to_string("data/emitter-behaviours.json").expect("the record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    let behaviors = record["behaviours"].as_array().expect("a list");
    let ids = behaviors.iter().map(|it| it["id"].as_str().expect("text"));
    let ids: BTreeSet<String> = ids.map(|id| id.replace('-', "_")).collect();
    assert_eq!(ids.len(), 50);
    let (tests, untested) = (tests(), untested());
    let both: Vec<_> = tests.intersection(&untested).collect();
    assert_eq!(both, [&""; 0]);
    let covered: BTreeSet<String> = tests.union(&untested).cloned().collect();
    let neither: Vec<_> = ids.difference(&covered).collect();
    assert_eq!(neither, [&""; 0]);
    let unknown: Vec<_> = untested.difference(&ids).collect();
    assert_eq!(unknown, [&""; 0]);
}
