//! The figures in README equal those of the last measurement, and each table of measurements names its command.

use crate::table::Table;
use crate::{files, read};

/// The figures of README outside of its table, which must equal those of `docs/performance.md`: the table, the
/// beginning of the row, the column, and the text around the figure in README.
const STATED: [(&str, &[&str], &str, &str); 4] = [
    (
        "matching",
        &["GitHub-130", "**onward**"],
        "hits in order, ns",
        "130 routes takes {} ns",
    ),
    (
        "matching",
        &["GitHub-130", "matchit 0.8"],
        "hits in order, ns",
        "0.8 takes {} ns",
    ),
    (
        "budgets",
        &["instructions, plain: added by 1,000 more routes"],
        "**onward**, tokio's runtime",
        "With 1,000 more routes, a request for `/` takes {} more instructions",
    ),
    (
        "events",
        &["0", "**onward**"],
        "ns",
        "without listeners takes [{} ns]",
    ),
];

#[test]
fn readme_states_what_was_measured() {
    let measured = read("docs/performance.md");
    let readme = read("README.md").replace('\n', " ");
    for (name, row, column, text) in STATED {
        let table = Table::marked(&measured, name);
        let figure = table.cell(row, column);
        // The cells are like `12.2 (1.00×)` or `211, met`.
        let end = figure.find([' ', ',']).unwrap_or(figure.len());
        let stated = text.replace("{}", &figure[..end]);
        assert!(readme.contains(&stated), "README lacks `{stated}`");
    }
}

#[test]
fn readme_does_not_exaggerate_the_number_of_ui_tests() {
    let cases = files("tests/ui", ".stderr").len();
    assert!(
        cases > 500,
        "{cases} cases, but README states more than 500"
    );
    assert!(read("README.md").contains("[more than 500 errors](tests/ui)"));
}

/// Each table of figures is preceded, in its section, by the command that prints it, and the program in the
/// command exists.
#[test]
fn every_table_of_figures_names_its_command() {
    let page = read("docs/performance.md");
    let mut command: Option<&str> = None;
    let mut tables = 0;
    let mut in_table = false;
    for line in page.lines() {
        if line.starts_with('#') {
            command = None;
        }
        let row = line.starts_with('|');
        if row && !in_table && !line.contains("| command |") {
            tables += 1;
            let command = command.take();
            let command =
                command.unwrap_or_else(|| panic!("no command is named for the table\n{line}"));
            assert!(is_program(command), "no program `{command}`");
        }
        if !row && let Some((_, rest)) = line.split_once("`cargo run --release --bin ") {
            command = rest.split(['`', ' ']).next();
        }
        in_table = row;
    }
    assert!(tables >= 10, "{tables} tables");
}

/// Returns whether `benches` has a program of this name.
fn is_program(name: &str) -> bool {
    let manifests = files("benches", "Cargo.toml");
    let line = format!("name = \"{name}\"");
    manifests
        .iter()
        .any(|manifest| read(manifest).lines().any(|other| other == line))
}
