//! The tests and the options that `SECURITY.md` names exist, and so do the files that `CONTRIBUTING.md` names.

use crate::{files, read};

#[test]
fn the_tests_named_in_security_exist() {
    let security = read("SECURITY.md");
    let tests: String = ["tests", "runtime/src"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .map(read)
        .collect();
    let mut named = 0;
    for code in security.split('`').skip(1).step_by(2) {
        let word = |char: char| char.is_ascii_alphanumeric() || char == '_';
        // Apart from options and the name of a lint, every name with an underscore is that of a test.
        let is_name = code.chars().all(word) && code.contains('_');
        if is_name && code != "unsafe_code" && !is_option(code) {
            named += 1;
            assert!(tests.contains(&format!("fn {code}(")), "no test `{code}`");
        }
        if code.ends_with(".rs") {
            assert!(!read(code).is_empty(), "{code}");
        }
    }
    assert!(named >= 25, "{named} tests");
}

#[test]
fn the_options_named_in_security_exist() {
    let options = options();
    let security = read("SECURITY.md");
    let (_, limits) = security.split_once("## Limits").expect("the limits");
    let rows = limits.lines().filter(|line| line.starts_with("| `"));
    let names: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        assert!(is_option(name), "no option `{name}` in\n{options}");
    }
}

fn is_option(name: &str) -> bool {
    let options = options();
    let has = |end: &str| options.contains(&format!("pub fn {name}{end}"));
    has("(") || has("<")
}

fn options() -> String {
    let file = |name| read(format!("runtime/src/http/server/{name}.rs"));
    ["options", "overload", "proxies"].map(file).concat()
}

/// The files that `CONTRIBUTING.md` names for changes exist.
#[test]
fn the_files_named_in_contributing_exist() {
    let contributing = read("CONTRIBUTING.md");
    let rows = contributing.lines().filter(|line| line.starts_with("| "));
    let codes = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let files: Vec<&str> = codes.filter(|code| code.ends_with(".rs")).collect();
    assert!(files.len() >= 20, "{files:?}");
    for file in files {
        let folder = match file.split('/').next() {
            Some("runtime" | "macros" | "tests") => String::new(),
            _ => "runtime/src/http/".to_owned(),
        };
        assert!(!read(format!("{folder}{file}")).is_empty(), "no `{file}`");
    }
}
