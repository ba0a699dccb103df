//! The questions that the guide answers: each is a heading of a page in `runtime/guide/how-to`, with a program of at
//! most 25 lines that the doctests run.

use crate::read;

const LINES: usize = 25;

const QUESTIONS: [(&str, &str); 74] = [
    ("routes", "How do I read a parameter of the path?"),
    ("routes", "How do I read a query parameter?"),
    (
        "routes",
        "How do I read all query parameters into a struct?",
    ),
    ("routes", "How do I read a header?"),
    ("routes", "How do I match several methods?"),
    ("routes", "How do I match the rest of a path?"),
    ("routes", "How do I group routes under a path?"),
    ("routes", "How do I handle every other request?"),
    ("routes", "How do I build the URL of a route?"),
    ("routes", "How do I ignore a trailing slash?"),
    (
        "routes",
        "How do I list all routes when the program starts?",
    ),
    ("routes", "How do I route by host?"),
    ("routes", "How do I write middleware?"),
    ("responses", "How do I return JSON?"),
    ("responses", "How do I return HTML?"),
    ("responses", "How do I return 404 from a function?"),
    ("responses", "How do I set the status?"),
    ("responses", "How do I set a header?"),
    ("responses", "How do I add a header to every response?"),
    ("responses", "How do I redirect?"),
    ("responses", "How do I return an error with a message?"),
    ("responses", "How do I use my own error type?"),
    ("responses", "How do I stream a response?"),
    ("responses", "How do I serve a folder of static files?"),
    ("responses", "How do I send a file as a download?"),
    ("responses", "How do I compress responses?"),
    ("responses", "How do I let browsers cache a response?"),
    (
        "responses",
        "How do I reply in the format that the client prefers?",
    ),
    ("bodies", "How do I read a JSON body?"),
    ("bodies", "How do I read an HTML form?"),
    ("bodies", "How do I receive an upload?"),
    ("bodies", "How do I limit the size of a body?"),
    ("bodies", "How do I read a body as a stream?"),
    ("bodies", "How do I read the raw bytes of a body?"),
    ("bodies", "How do I accept a body that may be missing?"),
    ("bodies", "How do I validate a body?"),
    ("state", "How do I share state between requests?"),
    ("state", "How do I share a pool of connections?"),
    ("state", "How do I run a transaction?"),
    ("state", "How do I use SQLite through rusqlite?"),
    ("state", "How do I call blocking code?"),
    ("state", "How do I pass the configuration to handlers?"),
    (
        "state",
        "How do I pass the user from middleware to the routes?",
    ),
    ("state", "How do I run work after the response?"),
    ("state", "How do I run a task at intervals?"),
    ("state", "How do I send live updates to browsers?"),
    ("state", "How do I open a WebSocket?"),
    ("users", "How do I set a cookie?"),
    ("users", "How do I set a cookie that clients cannot change?"),
    ("users", "How do I keep a session?"),
    ("users", "How do I require a login for some routes?"),
    ("users", "How do I hash a password?"),
    ("users", "How do I check a JSON Web Token?"),
    ("users", "How do I allow CORS?"),
    ("users", "How do I protect forms from other sites?"),
    ("users", "How do I limit the rate of requests?"),
    (
        "users",
        "How do I find the address of a client behind a proxy?",
    ),
    ("testing", "How do I test a route?"),
    ("testing", "How do I test an error?"),
    ("testing", "How do I test an upload?"),
    (
        "testing",
        "How do I test with a cookie of an earlier response?",
    ),
    ("testing", "How do I test with a database?"),
    ("testing", "How do I test a server over a socket?"),
    ("operations", "How do I shut down without losing requests?"),
    ("operations", "How do I set a timeout for a handler?"),
    ("operations", "How do I log each request?"),
    ("operations", "How do I add a health check?"),
    ("operations", "How do I expose metrics to Prometheus?"),
    ("operations", "How do I describe my API with OpenAPI?"),
    ("operations", "How do I serve HTTPS?"),
    ("operations", "How do I redirect HTTP to HTTPS?"),
    ("operations", "How do I listen on a Unix socket?"),
    ("operations", "How do I use a tower layer or service?"),
    ("operations", "How do I forward requests to another server?"),
];

#[test]
fn every_question_has_a_short_program() {
    let mut wrong = Vec::new();
    for (page, question) in QUESTIONS {
        match program(page, question) {
            Some(lines) if (1..=LINES).contains(&lines) => {}
            Some(lines) => wrong.push(format!("{page}: {question} has {lines} lines")),
            None => wrong.push(format!("{page}: no program for: {question}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the number of lines of the first program below a heading.
fn program(page: &str, question: &str) -> Option<usize> {
    let text = read(format!("runtime/guide/how-to/{page}.md"));
    let mut lines = text
        .lines()
        .skip_while(|line| line.strip_prefix("## ") != Some(question))
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        // A block with `no_run` is compiled; one with `ignore` is not.
        .skip_while(|line| !matches!(*line, "```rust" | "```rust,no_run"))
        .skip(1);
    let lines: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
    let is_tested = lines
        .iter()
        .any(|line| line.contains("assert") || line.contains("fn "));
    is_tested.then_some(lines.len())
}

/// A search of the documentation for each of these words finds an item: one with that name, or one with that alias.
#[test]
fn common_words_lead_to_items() {
    for (word, file, item) in [
        (
            "cookie",
            "runtime/src/site/cookies/mod.rs",
            "pub fn cookies(",
        ),
        (
            "redirect",
            "runtime/src/site/redirect.rs",
            "pub struct Redirect",
        ),
        (
            "timeout",
            "runtime/src/http/server/options.rs",
            "pub fn request_timeout(",
        ),
        (
            "upload",
            "runtime/src/site/multipart/mod.rs",
            "pub struct Multipart",
        ),
        (
            "test",
            "runtime/src/http/server/serve.rs",
            "pub fn dispatch(",
        ),
        ("cors", "runtime/src/site/cors/mod.rs", "pub struct Cors"),
        ("middleware", "macros/src/lib.rs", "pub fn server("),
        (
            "state",
            "runtime/src/http/server/mod.rs",
            "pub fn create_server",
        ),
    ] {
        let source = read(file);
        let (before, _) = source
            .split_once(item)
            .unwrap_or_else(|| panic!("no `{item}`"));
        let attributes = before.lines().rev().take_while(|line| {
            let line = line.trim();
            line.is_empty() || line.starts_with("#[")
        });
        let alias = format!("#[doc(alias = \"{word}\")]");
        let mut found = attributes.map(str::trim);
        assert!(found.any(|line| line == alias), "{item} lacks {alias}");
    }
}
