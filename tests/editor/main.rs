//! What an editor makes of a `#[server]`: rust-analyzer over its own protocol, on a small program.
//!
//! Runs the program that the variable `RUST_ANALYZER` names, else `rust-analyzer`. Where there is none, the test says
//! so and passes: nobody needs an editor's server to build or use the crates.

mod client;
mod connection;
mod package;

use client::Client;
use std::env;
use std::io::{self, Write};
use std::process::Command;

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
    route!("/products/{id: u32}" as product => db.product(id));
    route!("/users/{name}" => greeting(name));
    let visits = 7;
    route!("/visits" => number(visits));
    route!("/agent" => req.method.to_string());
}

fn greeting(name: &str) -> String {
    String::from(name)
}

fn number(visits: u32) -> String {
    visits.to_string()
}

fn main() {
    http::create_server(|req, res| shop(req, res, Db));
    let _url = shop::product(7);
}
"#;

const FINISHED: &str = r#"route!("/agent" => req.method.to_string());"#;
const UNFINISHED: &str = r#"route!("/agent" => req.);"#;

/// Of the response as of the request: alone, behind another statement and in front of one.
const UNFINISHED_RESPONSES: [(&str, &str); 3] = [
    (r#"route!("/agent" => res.);"#, "=> res.^"),
    (
        r#"route!("/agent" => { let size = 7; res. });"#,
        "size = 7; res.^",
    ),
    (
        r#"route!("/agent" => { res.; res.send("agent") });"#,
        "{ res.^;",
    ),
];

#[test]
fn an_editor_sees_through_the_macro() {
    let Some(program) = rust_analyzer() else {
        // Not by `eprintln!`, which the test harness keeps to itself where a test passes.
        let told = writeln!(
            io::stderr(),
            "SKIPPED: no rust-analyzer runs here. `rustup component add rust-analyzer` adds one; \
             the variable RUST_ANALYZER names another"
        );
        told.expect("somebody may read that nothing was tested");
        return;
    };
    let mut editor = Client::open(&program, PROGRAM);
    check_definitions(&mut editor);
    check_hovers(&mut editor);
    check_renaming(&mut editor);
    check_completion(&mut editor);
    editor.replace(FINISHED, UNFINISHED);
    check_fields(&mut editor, "=> req.^");
    check_offer(&mut editor, "=> db.^product(id)", &["product"]);
    check_definitions(&mut editor);
    let mut typed = UNFINISHED;
    for (unfinished, place) in UNFINISHED_RESPONSES {
        editor.replace(typed, unfinished);
        check_response(&mut editor, place);
        typed = unfinished;
    }
    editor.close();
}

/// One that tells its version: rustup's stand-in for a component that is not installed fails.
fn rust_analyzer() -> Option<String> {
    let program = env::var("RUST_ANALYZER").unwrap_or_else(|_| String::from("rust-analyzer"));
    let output = Command::new(&program).arg("--version").output().ok()?;
    output.status.success().then_some(program)
}

/// `^` marks the cursor. A parameter of the path is defined by the path, which is one literal.
fn check_definitions(editor: &mut Client) {
    for (used, defined) in [
        ("=> db.^product(id)", "pub fn ^product"),
        ("=> db.product(^id)", "route!(^\"/products/{id: u32}\""),
        ("=> ^db.product(id)", "res: Response, ^db: Db"),
        ("=> ^greeting(name)", "fn ^greeting"),
        ("=> greeting(^name)", "route!(^\"/users/{name}\""),
        ("=> number(^visits)", "let ^visits"),
        ("\"/agent\" => ^req.", "shop(^req: Request"),
        ("res: Response, db: ^Db", "pub struct ^Db"),
        ("|req, res| ^shop(req", "async fn ^shop"),
        ("_url = shop::^product(7)", "as ^product =>"),
    ] {
        assert_eq!(editor.definitions(used), [editor.place(defined)], "{used}");
    }
}

fn check_hovers(editor: &mut Client) {
    for (place, expected) in [
        (
            "=> db.^product(id)",
            "pub fn product(&self, id: u32) -> Option<String>",
        ),
        ("=> db.product(^id)", "id: u32"),
        ("=> greeting(^name)", "name: &str"),
        ("=> number(^visits)", "let visits: u32"),
        ("=> ^req.method", "req: Request"),
    ] {
        let hover = editor.hover(place);
        assert!(hover.contains(expected), "{place}: {hover}");
    }
}

/// From the definition as from the use.
fn check_renaming(editor: &mut Client) {
    for [first, second] in [
        ["let ^visits", "=> number(^visits)"],
        ["=> ^greeting(name)", "fn ^greeting"],
        ["pub fn ^product", "=> db.^product(id)"],
        ["as ^product =>", "shop::^product(7)"],
    ] {
        let mut expected = [editor.place(first), editor.place(second)];
        expected.sort_unstable();
        assert_eq!(editor.rename(first, "other"), expected, "{first}");
        assert_eq!(editor.rename(second, "other"), expected, "{second}");
    }
}

fn check_completion(editor: &mut Client) {
    check_fields(editor, "=> req.^method");
    check_offer(editor, "=> db.^product(id)", &["product"]);
    check_offer(editor, "_url = shop::^product(7)", &["product"]);
    check_offer(editor, "res: Response, db: ^Db", &["Db", "Request"]);
}

fn check_fields(editor: &mut Client, place: &str) {
    check_offer(editor, place, &["method", "url", "headers", "body"]);
}

fn check_response(editor: &mut Client, place: &str) {
    check_offer(editor, place, &["status_code", "send", "end", "set_header"]);
}

/// The names are among those that are offered, and none is one that only generated code may use.
///
/// Not asked where any expression may begin: there rust-analyzer offers the locals of every expansion around the
/// cursor, also those that hygiene hides (1.95).
fn check_offer(editor: &mut Client, place: &str, expected: &[&str]) {
    let offered = editor.complete(place);
    for name in expected {
        assert!(
            offered.iter().any(|it| it == name),
            "{name} at {place}: {offered:?}"
        );
    }
    let ours = offered.iter().find(|name| name.starts_with("__"));
    assert_eq!(ours, None, "{place}");
}
