//! What rustc says to each mistake, word for word: `<topic>/<rule>.rs` is the mistake, the `.stderr` next to it
//! what is printed. `TRYBUILD=overwrite cargo test --test ui` writes them anew; read every difference.

use std::fs;

/// One run for all: each run of trybuild builds a crate of its own.
#[test]
fn mistakes_are_told_in_words() {
    let cases = trybuild::TestCases::new();
    for topic in topics() {
        cases.compile_fail(format!("ui/{topic}/*.rs"));
    }
}

/// The folders next to this file.
fn topics() -> Vec<String> {
    let entries = fs::read_dir("ui").expect("cargo runs tests in the folder of their package");
    let folders = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Nothing of the machine that wrote the expectations is in them.
#[test]
fn expectations_name_no_machine() {
    for topic in topics() {
        for entry in fs::read_dir(format!("ui/{topic}"))
            .expect("a folder")
            .filter_map(Result::ok)
        {
            let path = entry.path();
            if path.extension().is_some_and(|it| it == "stderr") {
                let text = fs::read_to_string(&path).expect("text");
                let line = text.lines().find(|line| {
                    line.contains("--> /")
                        || line.contains("/target/")
                        || line.contains("/home/")
                        || line.contains("/tmp/")
                });
                assert_eq!(line, None, "{}", path.display());
            }
        }
    }
}
