//! Grades what rustc prints for the mistakes in `questions.txt`. This takes a long time, so it is not part of a normal
//! run:
//!
//! ```text
//! cargo test -p onward-tests --test mistakes -- --ignored
//! MISTAKES=overwrite cargo test -p onward-tests --test mistakes -- --ignored   # writes grades.txt
//! MISTAKES=007,012 cargo test -p onward-tests --test mistakes -- --ignored     # prints rustc's messages for these
//! ```

mod grade;
mod package;
mod question;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use grade::Grade;
use question::Question;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("mistakes")
        .join(name)
}

fn questions() -> Vec<Question> {
    let text = fs::read_to_string(file("questions.txt")).expect("the questions");
    Question::parse_all(&text)
}

/// Returns the number, the grade and the title of each question, one question per line.
fn table(graded: &[(&Question, Grade)]) -> String {
    let mut table = String::new();
    for (question, grade) in graded {
        let line = format!(
            "{} {:<10} {}",
            question.number,
            grade.name(),
            question.title
        );
        writeln!(table, "{}", line.trim_end()).expect("text");
    }
    table
}

fn summary(graded: &[(&Question, Grade)]) -> String {
    let count = |grade: Grade| graded.iter().filter(|it| it.1 == grade).count();
    let grades = Grade::ALL.map(|grade| format!("{} {}", count(grade), grade.name()));
    grades.join(", ")
}

#[test]
#[ignore = "builds a program for each question"]
fn mistakes_are_named() {
    let questions = questions();
    let wish = std::env::var("MISTAKES").unwrap_or_default();
    let numbers: Vec<&str> = wish.split(',').collect();
    let asked = |it: &&Question| numbers.contains(&it.number.as_str());
    let some: Vec<&Question> = questions.iter().filter(asked).collect();
    let all = some.is_empty();
    let asked: Vec<&Question> = if all {
        questions.iter().collect()
    } else {
        some
    };
    let printed = package::check(&asked);
    let graded: Vec<(&Question, Grade)> = asked
        .iter()
        .map(|question| (*question, Grade::of(question, printed.of(question))))
        .collect();
    if !all {
        for (question, grade) in &graded {
            println!(
                "==== {} {}\n{}",
                question.number,
                question.title,
                grade.name()
            );
            printed
                .of(question)
                .iter()
                .for_each(|it| println!("{}", it.rendered));
        }
        return;
    }
    for sample in [
        0..80,
        80..120,
        120..160,
        160..200,
        200..240,
        240..280,
        280..320,
    ] {
        let Some(graded) = graded.get(sample.clone()) else {
            continue;
        };
        println!(
            "{} to {}: {}",
            sample.start + 1,
            sample.end,
            summary(graded)
        );
    }
    let new = table(&graded);
    if wish == "overwrite" {
        fs::write(file("grades.txt"), new).expect("grades.txt");
        return;
    }
    let old = fs::read_to_string(file("grades.txt")).expect("grades.txt");
    assert_eq!(old, new, "MISTAKES=overwrite writes the new grades");
}

#[test]
fn every_question_has_a_grade() {
    let grades = fs::read_to_string(file("grades.txt")).expect("grades.txt");
    let graded: Vec<&str> = grades.lines().filter_map(|line| line.get(..3)).collect();
    let questions = questions();
    let numbers: Vec<&str> = questions.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(graded, numbers);
    assert!(
        questions
            .iter()
            .all(|it| !it.lines.is_empty() && !it.needed.is_empty())
    );
}
