//! The compile errors: `<topic>/<rule>.rs` contains the error, and the `.stderr` file next to it contains the output of
//! rustc. `TRYBUILD=overwrite cargo test --test ui` rewrites them; review every difference.

use std::fs;

/// A single run for all files, because each run of trybuild builds a separate crate.
#[test]
fn errors_read_as_expected() {
    let cases = trybuild::TestCases::new();
    for topic in topics() {
        cases.compile_fail(format!("ui/{topic}/*.rs"));
    }
}

/// Returns the folders next to this file.
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

/// The expectations contain no paths of the machine on which they were written.
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
