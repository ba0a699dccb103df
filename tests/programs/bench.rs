//! The example `bench`: the six tests of TechEmpower.

use serde_json::{Value, json};

use crate::program::{Program, Received};

#[test]
fn the_tests_without_a_database_have_fixed_responses() {
    let bench = Program::serve("bench", &[]);
    let text = bench.get("/plaintext");
    assert_eq!(text.body, "Hello, World!");
    assert!(text.header("content-type").starts_with("text/plain"));
    let json = bench.get("/json");
    assert_eq!(json.json(), json!({ "message": "Hello, World!" }));
    for response in [text, json] {
        assert_eq!(response.header("server"), "onward");
        assert!(!response.header("date").is_empty());
        assert_eq!(
            response.header("content-length"),
            response.body.len().to_string()
        );
    }
}

#[test]
fn the_number_of_rows_is_between_1_and_500() {
    let bench = Program::serve("bench", &[]);
    is_world(&bench.get("/db").json());
    for path in ["/queries", "/updates"] {
        for (queries, expected) in [("0", 1), ("foo", 1), ("501", 500), ("", 1), ("20", 20)] {
            let found = rows(&bench.get(&format!("{path}?queries={queries}")));
            assert_eq!(found.len(), expected, "{path} {queries}");
            found.iter().for_each(is_world);
        }
        assert_eq!(rows(&bench.get(path)).len(), 1);
    }
}

#[test]
fn updates_are_stored() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let path = file.path().to_str().expect("text");
    let bench = Program::serve("bench", &[path]);
    let updated = rows(&bench.get("/updates?queries=1"));
    let db = rusqlite::Connection::open(path).expect("the database");
    let stored: i64 = db
        .query_row(
            "SELECT number FROM world WHERE id = ?",
            [updated[0]["id"].as_i64()],
            |row| row.get(0),
        )
        .expect("the row");
    assert_eq!(updated[0]["randomNumber"], stored);
}

#[test]
fn fortunes_are_sorted_and_escaped() {
    let bench = Program::serve("bench", &[]);
    let page = bench.get("/fortunes");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(
        page.body
            .contains("<td>2</td><td>&lt;script&gt;alert(1)&lt;/script&gt;</td>")
    );
    let ids: Vec<&str> = page
        .body
        .split("<tr><td>")
        .skip(1)
        .map(|row| &row[..1])
        .collect();
    assert_eq!(ids, ["2", "0", "1", "3"]);
}

fn rows(response: &Received) -> Vec<Value> {
    response.json().as_array().expect("an array").clone()
}

fn is_world(world: &Value) {
    for field in ["id", "randomNumber"] {
        let number = world[field].as_i64().expect("a number");
        assert!((1..=10_000).contains(&number), "{world}");
    }
}
