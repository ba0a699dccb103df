//! What an editor makes of a `#[server]`: rust-analyzer over its own protocol, on a small program.
//!
//! Looks for the program that the variable `RUST_ANALYZER` names, else for `rust-analyzer`. Where there is none, the
//! test says so and passes: it comes by `rustup component add rust-analyzer`.

mod client;

use client::Client;
use serde_json::{Value, json};

/// `$1`, `$2`, … are the places that the test asks about; they are not part of the program.
const PROGRAM: &str = r#"use onward::prelude::*;

#[derive(Clone)]
pub struct Db;

impl Db {
    pub fn product(&self, id: u32) -> Option<String> {
        (id == 7).then(|| String::from("cup"))
    }
}

#[server]
async fn shop(req: Request, res: Response, db: Db) -> Result {
    route!("/products/{id: u32}" as product => db.$1product($2id));
    route!("/users/{name}" => $3visitor(name));
    let $4visits = 7;
    route!("/visits" => number($5visits));
    route!("/unfinished" => req.$6);
}

fn visitor(name: &str) -> String {
    String::from(name)
}

fn number(visits: u32) -> String {
    visits.to_string()
}

fn main() {
    http::create_server(|req, res| $7shop(req, res, Db));
    let _url = shop::$8product(7);
}
"#;

#[test]
fn an_editor_sees_through_the_macro() {
    let Some(program) = client::find() else {
        println!(
            "SKIPPED: no rust-analyzer; set RUST_ANALYZER, or `rustup component add rust-analyzer`"
        );
        return;
    };
    let (text, places) = places(PROGRAM);
    let mut editor = Client::open(&program, &text);
    let line_of = |needle: &str| text.lines().position(|line| line.contains(needle));

    // Go to definition: a method in an answer, a function in an answer, the handler from outside.
    for (place, definition) in [
        (1, "pub fn product"),
        (3, "fn visitor"),
        (7, "async fn shop"),
    ] {
        let answer = editor.at("textDocument/definition", places[place - 1]);
        assert_eq!(
            lines(&answer),
            [line_of(definition).unwrap()],
            "definition at ${place}: {answer}"
        );
    }
    // A local variable that an answer uses.
    let answer = editor.at("textDocument/definition", places[4]);
    assert_eq!(lines(&answer), [line_of("let visits").unwrap()], "{answer}");

    // Hover: the type of a method, and of a parameter.
    let hover = editor.at("textDocument/hover", places[0]).to_string();
    assert!(
        hover.contains("fn product(&self, id: u32) -> Option<String>"),
        "{hover}"
    );
    let hover = editor.at("textDocument/hover", places[1]).to_string();
    assert!(hover.contains("id: u32"), "{hover}");

    // Rename: a variable between the routes, in the answers too.
    let edit = editor.rename(places[3], "count");
    assert_eq!(
        edit.to_string().matches("\"newText\":\"count\"").count(),
        2,
        "{edit}"
    );

    // Completion: methods and fields, finished or not, and nothing of ours.
    let names = labels(&editor.at("textDocument/completion", places[0]));
    assert!(
        names.iter().any(|name| name.starts_with("product")),
        "{names:?}"
    );
    let names = labels(&editor.at("textDocument/completion", places[5]));
    for field in ["method", "url", "headers", "body"] {
        assert!(
            names.iter().any(|name| name == field),
            "{field} of req: {names:?}"
        );
    }
    let names = labels(&editor.at("textDocument/completion", places[2]));
    assert!(
        names.iter().any(|name| name.starts_with("visitor")),
        "{names:?}"
    );
    let ours: Vec<_> = names.iter().filter(|name| name.starts_with("__")).collect();
    assert!(ours.is_empty(), "{ours:?}");
    editor.close();
}

/// The program without its marks, and where they were: line and column.
fn places(program: &str) -> (String, Vec<(usize, usize)>) {
    let mut text = program.to_owned();
    let mut places = Vec::new();
    for number in 1.. {
        let mark = format!("${number}");
        let Some(at) = text.find(&mark) else { break };
        text.replace_range(at..at + mark.len(), "");
        let before = &text[..at];
        let column = before.len() - before.rfind('\n').map_or(0, |line| line + 1);
        places.push((before.matches('\n').count(), column));
    }
    (text, places)
}

/// The lines that a definition leads to.
fn lines(answer: &Value) -> Vec<usize> {
    let found = answer.as_array().cloned().unwrap_or_default();
    let line = |it: &Value| {
        let range = it.get("targetSelectionRange").or_else(|| it.get("range"))?;
        usize::try_from(range["start"]["line"].as_u64()?).ok()
    };
    found.iter().filter_map(line).collect()
}

fn labels(answer: &Value) -> Vec<String> {
    let items = answer.get("items").unwrap_or(answer);
    let items = items.as_array().cloned().unwrap_or_default();
    let label = |item: &Value| {
        let text = item.get("filterText").or_else(|| item.get("label"))?;
        text.as_str().map(str::to_owned)
    };
    items.iter().filter_map(label).collect()
}

/// Where a document is asked about.
fn position((line, column): (usize, usize)) -> Value {
    json!({ "line": line, "character": column })
}
