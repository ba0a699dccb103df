//! Editor support for `#[server]`: rust-analyzer, through its protocol, on a small program.
//!
//! Runs the program in the variable `RUST_ANALYZER`, by default `rust-analyzer`. If this program does not exist, the
//! test prints a note and passes, because using the crates does not require a language server.

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
    route!(unmatched);
    route!(mount "/admin" as office => admin(req, res, db).await);
}

#[server]
async fn admin(req: Request, res: Response, _db: Db) -> Result {
    route!("/" as hall => "admin");
}

pub struct Note {
    pub text: String,
}

#[derive(serde::Deserialize)]
pub struct NewNote {
    pub title: String,
}

impl onward::FromBody for Note {
    async fn from_body(body: onward::http::Body) -> Result<Self, Failure> {
        let text = body.text().await?;
        Ok(Self { text })
    }
}

pub struct Page(String);

impl Reply for Page {
    fn reply(self, res: Response) -> Sent {
        res.send(self.0)
    }
}

#[server]
async fn notes(req: Request, res: Response) -> Result {
    route!("/list?{page: u32 = 1}&{search: Option<String>}" as list -> Json<Vec<String>> => listing(page, search));
    route!(POST "/notes" (note: Note) -> Page => Page(note.text));
    route!(PUT "/notes" (Json(new): Json<NewNote>) -> Page => Page(new.title));
}

fn listing(page: u32, search: Option<String>) -> Json<Vec<String>> {
    Json(vec![page.to_string(), search.unwrap_or_default()])
}

fn greeting(name: &str) -> String {
    String::from(name)
}

fn number(visits: u32) -> String {
    visits.to_string()
}

fn main() {
    onward::http::create_server(|req, res| shop(req, res, Db));
    let _url = shop::product(7);
    let _inner = shop::office(admin::hall());
    let _list = notes::list(2, None);
    onward::http::create_server(notes);
}
"#;

const FINISHED: &str = r#"route!("/agent" => req.method.to_string());"#;
const UNFINISHED: &str = r#"route!("/agent" => req.);"#;

const FINISHED_TYPED: &str = "-> Page => Page(note.text));";
const UNFINISHED_TYPED: &str = "-> Page => note.);";

const FINISHED_PATTERN: &str = "-> Page => Page(new.title));";
const UNFINISHED_PATTERN: &str = "-> Page => new.);";

const FINISHED_MOUNT: &str = "admin(req, res, db).await";
const UNFINISHED_MOUNT: &str = "admin(req, res, db.).await";

/// Routes whose expression is unfinished after `res.` (alone, after a statement, before a statement), and the position
/// of the cursor.
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
fn an_editor_understands_code_inside_the_macro() {
    let Some(program) = rust_analyzer() else {
        // `eprintln!` is not used, because the test harness hides its output if a test passes.
        let printed = writeln!(
            io::stderr(),
            "SKIPPED: rust-analyzer was not found. Install it with `rustup component add rust-analyzer`, \
             or set RUST_ANALYZER to its path"
        );
        printed.expect("stderr is writable");
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
    editor.replace(typed, FINISHED);
    editor.replace(FINISHED_MOUNT, UNFINISHED_MOUNT);
    check_offer(&mut editor, "admin(req, res, db.^", &["product"]);
    editor.replace(UNFINISHED_MOUNT, FINISHED_MOUNT);
    editor.replace(FINISHED_TYPED, UNFINISHED_TYPED);
    check_offer(&mut editor, "-> Page => note.^", &["text"]);
    editor.replace(UNFINISHED_TYPED, FINISHED_TYPED);
    editor.replace(FINISHED_PATTERN, UNFINISHED_PATTERN);
    check_offer(&mut editor, "-> Page => new.^", &["title"]);
    editor.close();
}

/// Returns the program, if it prints its version: rustup's placeholder for a missing component fails.
fn rust_analyzer() -> Option<String> {
    let program = env::var("RUST_ANALYZER").unwrap_or_else(|_| String::from("rust-analyzer"));
    let output = Command::new(&program).arg("--version").output().ok()?;
    output.status.success().then_some(program)
}

/// Checks definitions. `^` marks the cursor and the definition. A parameter is defined by the path, which is a single
/// literal.
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
        ("=> ^admin(req, res, db)", "async fn ^admin"),
        ("=> admin(req, res, ^db)", "res: Response, ^db: Db"),
        ("_inner = shop::^office(", "as ^office =>"),
        ("shop::office(admin::^hall", "as ^hall =>"),
        ("=> listing(^page, search)", "route!(^\"/list?{page: u32"),
        ("=> listing(page, ^search)", "route!(^\"/list?{page: u32"),
        ("=> ^listing(page, search)", "fn ^listing"),
        ("=> Page(^note.text)", "(^note: Note) ->"),
        ("(note: ^Note) ->", "pub struct ^Note"),
        ("(note: Note) -> ^Page =>", "pub struct ^Page"),
        ("_list = notes::^list(2", "as ^list ->"),
        ("=> Page(^new.title)", "(Json(^new): Json<NewNote>)"),
        ("Json<^NewNote>", "pub struct ^NewNote"),
        ("=> Page(new.^title)", "pub ^title: String"),
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
        ("=> listing(^page, search)", "page: u32"),
        // The type of `search`, `Option<String>`, is known only if the sources of the standard library are installed.
        ("=> listing(page, ^search)", "let search: "),
        ("POST \"/notes\" (^note: Note)", "note: Note"),
        ("(note: ^Note) ->", "pub struct Note"),
        ("(note: Note) -> ^Page =>", "pub struct Page"),
        ("=> Page(^new.title)", "new: NewNote"),
    ] {
        let hover = editor.hover(place);
        assert!(hover.contains(expected), "{place}: {hover}");
    }
}

/// Checks that a name is renamed both from its definition and from a use.
fn check_renaming(editor: &mut Client) {
    for [first, second] in [
        ["let ^visits", "=> number(^visits)"],
        ["=> ^greeting(name)", "fn ^greeting"],
        ["pub fn ^product", "=> db.^product(id)"],
        ["as ^product =>", "shop::^product(7)"],
        ["as ^list ->", "notes::^list(2"],
        ["(^note: Note) ->", "=> Page(^note.text)"],
        ["(Json(^new): Json<NewNote>)", "=> Page(^new.title)"],
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
    check_offer(editor, "_url = shop::^product(7)", &["product", "office"]);
    check_offer(editor, "res: Response, db: ^Db", &["Db", "Request"]);
    check_offer(editor, "(note: ^Note) ->", &["Note", "String"]);
    check_offer(editor, "(note: Note) -> ^Page =>", &["Page", "Json"]);
    check_offer(editor, "=> Page(new.^title)", &["title"]);
    check_offer(editor, "Json<^NewNote>", &["NewNote", "Note"]);
}

fn check_fields(editor: &mut Client, place: &str) {
    check_offer(editor, place, &["method", "url", "headers", "body"]);
}

fn check_response(editor: &mut Client, place: &str) {
    check_offer(editor, place, &["status_code", "send", "end", "set_header"]);
}

/// Checks that the completions contain the expected names, and none that are reserved for generated code.
///
/// The completions are not checked at positions where any expression may start: there, rust-analyzer 1.95 completes the
/// local variables of every enclosing expansion, including those that hygiene hides.
fn check_offer(editor: &mut Client, place: &str, expected: &[&str]) {
    let offered = editor.complete(place);
    for name in expected {
        assert!(
            offered.iter().any(|it| it == name),
            "{name} at {place}: {offered:?}"
        );
    }
    // In the types of a route, rust-analyzer completes the alias that the function declares.
    let is_ours = |name: &&String| name.starts_with("__") && *name != "__Route";
    assert_eq!(offered.iter().find(is_ours), None, "{place}");
}
