//! The ten tasks of `runtime/guide/coming-from.md`: the number of lines of each, with axum and with Onward.
//! `DOCS=overwrite` writes the table.

use std::collections::BTreeMap;

use crate::table::between;
use crate::{read, root};

const PAGE: &str = "runtime/guide/coming-from.md";

#[test]
fn the_lines_of_ten_tasks_are_counted() {
    let page = read(PAGE);
    let (_, tasks) = page.split_once("## Ten tasks").expect("the tasks");
    let mut programs = tasks.split("```rust\n").skip(1).map(program);
    let axum = programs.next().expect("the program with axum");
    let onward = programs.next().expect("the program with Onward");

    let mut table = "| | task | axum | Onward |\n|---|---|---|---|\n".to_owned();
    for (number, (title, theirs)) in &axum {
        let (ours_title, ours) = &onward[number];
        assert_eq!(title, ours_title, "task {number}");
        assert!(ours <= theirs, "{title}: {ours} lines, {theirs} with axum");
        table += &format!("| {number} | {title} | {theirs} | {ours} |\n");
    }
    assert_eq!((axum.len(), onward.len()), (10, 10));
    let sum = |program: &Tasks| program.values().map(|(_, lines)| lines).sum::<usize>();
    table += &format!("| | all | {} | {} |", sum(&axum), sum(&onward));

    let written = between(&page, "tasks");
    if std::env::var_os("DOCS").is_some() {
        let (before, rest) = page.split_once("<!-- tasks -->\n").expect("the table");
        let (_, after) = rest
            .split_once("<!-- /tasks -->")
            .expect("the end of the table");
        let page = format!("{before}<!-- tasks -->\n\n{table}\n\n<!-- /tasks -->{after}");
        std::fs::write(root().join(PAGE), page).expect("the page is written");
    } else {
        assert_eq!(written, table);
    }
}

/// The title and the number of lines of each task.
type Tasks = BTreeMap<u32, (String, usize)>;

fn program(text: &str) -> Tasks {
    let mut tasks = Tasks::new();
    let mut current = None;
    for line in text.lines().take_while(|line| *line != "```") {
        if let Some((number, title)) = heading(line) {
            tasks.entry(number).or_default().0 = title.to_owned();
            current = Some((number, line.starts_with(' ')));
            continue;
        }
        if let Some((_, numbers)) = line.rsplit_once(" // ") {
            for number in numbers.split(' ').filter_map(|number| number.parse().ok()) {
                tasks.entry(number).or_default().1 += 1;
            }
            continue;
        }
        // A task ends with its function.
        let is_end = line.starts_with("fn shop(") || line.starts_with('#');
        if is_end || current.is_some_and(|(_, is_inside)| is_inside && line == "}") {
            // `#` begins a heading, which ends a task, or an attribute, which is part of a task.
            let is_attribute = line.starts_with("#[");
            if !is_attribute {
                current = None;
            }
        }
        if let Some((number, _)) = current
            && !line.is_empty()
        {
            tasks.entry(number).or_default().1 += 1;
        }
    }
    tasks
}

/// Parses a heading such as `// 7. Routes that need a user`.
fn heading(line: &str) -> Option<(u32, &str)> {
    let (number, title) = line.trim_start().strip_prefix("// ")?.split_once(". ")?;
    Some((number.parse().ok()?, title))
}
