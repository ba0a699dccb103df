//! The main example: a product API that stores its data in a file.

use crate::program::{Program, Received};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

/// A database file for one test, which is deleted afterwards.
pub(crate) struct File(PathBuf);

impl File {
    pub(crate) fn new(name: &str) -> Self {
        let name = format!("onward-{name}-{}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&path);
        Self(path)
    }

    fn shop(&self) -> Program {
        Program::serve("shop", &[self.path()])
    }

    pub(crate) fn path(&self) -> &str {
        Path::to_str(&self.0).expect("a name in text")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

fn add(shop: &Program, name: &str) -> Received {
    let product = json!({ "name": name, "price_cents": 950 });
    shop.ask("POST", "/products", JSON, &product.to_string())
}

#[test]
fn products_are_created_read_listed_updated_and_deleted() {
    let file = File::new("crud");
    let shop = file.shop();

    let created = add(&shop, "cups");
    assert_eq!(
        (created.status, created.header("location")),
        (201, "/products/1")
    );
    let cups = json!({ "id": 1, "name": "cups", "price_cents": 950 });
    assert_eq!(created.json(), cups);
    assert_eq!(shop.get("/products/1").json(), cups);

    add(&shop, "a big mug");
    let names = |path: &str| -> Vec<String> {
        let list = shop.get(path).json();
        let list = list.as_array().expect("a list").clone();
        list.iter()
            .map(|it| it["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(names("/products"), ["a big mug", "cups"]);
    assert_eq!(names("/products?search=MUG"), ["a big mug"]);
    assert_eq!(names("/products?page=2"), Vec::<String>::new());

    let changed = json!({ "name": "big cups", "price_cents": 1250 });
    let updated = shop.ask("PUT", "/products/1", JSON, &changed.to_string());
    assert_eq!(updated.json()["name"], "big cups");

    assert_eq!(shop.ask("DELETE", "/products/1", &[], "").status, 204);
    assert_eq!(shop.ask("DELETE", "/products/1", &[], "").status, 404);
    assert_eq!(shop.get("/products/1").status, 404);
    assert_eq!(
        shop.ask("PUT", "/products/1", JSON, &changed.to_string())
            .status,
        404
    );
}

#[test]
fn products_survive_a_restart() {
    let file = File::new("restart");
    add(&file.shop(), "cups");
    assert_eq!(file.shop().get("/products/1").json()["name"], "cups");
}

/// Each case consists of a client error, its status, and a word that the response must contain.
#[test]
fn each_client_error_is_described_and_the_server_keeps_running() {
    let file = File::new("mistakes");
    let shop = file.shop();
    let huge = format!(r#"{{"name": "{}", "price_cents": 1}}"#, "a".repeat(3 << 20));
    let bodies = [
        (r#"{"name": "cups""#, 400, "line 1"),
        (r#"{"name": "cups"}"#, 400, "price_cents"),
        (
            r#"{"name": "cups", "price_cents": "9"}"#,
            400,
            "price_cents",
        ),
        (
            r#"{"name": "cups", "price_cents": 9, "color": 1}"#,
            400,
            "color",
        ),
        (r#"{"name": " ", "price_cents": 9}"#, 422, "name"),
        (r#"{"name": "cups", "price_cents": -1}"#, 422, "price_cents"),
        (huge.as_str(), 413, "2097152"),
        ("", 400, "EOF"),
    ];
    for (body, status, word) in bodies {
        let response = shop.ask("POST", "/products", JSON, body);
        let shown = body.get(..60).unwrap_or(body);
        assert_eq!(response.status, status, "{shown}: {response:?}");
        assert!(
            response.json()["error"].to_string().contains(word),
            "{shown}: {response:?}"
        );
    }
    let challenge = shop.get("/admin/stats").headers["www-authenticate"].clone();
    assert_eq!(challenge, "Bearer realm=\"shop\"");
    let paths = [
        ("/products/%zz", 400, "hexadecimal"),
        ("/products/%ff", 400, "UTF-8"),
        ("/products?page=two", 400, "page"),
        ("/products/cups", 404, "404 Not Found"),
        ("/admin/stats", 401, "token"),
    ];
    for (path, status, word) in paths {
        let response = shop.get(path);
        assert_eq!(response.status, status, "{path}: {response:?}");
        assert!(
            response.json()["error"].to_string().contains(word),
            "{path}: {response:?}"
        );
    }
    assert_eq!(add(&shop, "cups").status, 201);
}

#[test]
fn the_admin_pages_require_the_token() {
    let file = File::new("admin");
    let shop = file.shop();
    add(&shop, "cups");
    let token = ("authorization", "Bearer let-me-in");
    let stats = shop.ask("GET", "/admin/stats", &[token], "");
    assert_eq!(
        stats.json(),
        json!({ "products": 1, "asked": "/admin/stats" })
    );
    assert_eq!(
        shop.ask("POST", "/admin/stats", &[token], "")
            .header("allow"),
        "GET, HEAD, OPTIONS"
    );
    assert_eq!(shop.ask("GET", "/admin/", &[token], "").status, 404);
}

#[test]
fn only_routes_of_the_shopkeeper_require_the_token() {
    let file = File::new("unmatched");
    let shop = file.shop();
    let status = |method, path| shop.ask(method, path, &[], "").status;
    assert_eq!(status("GET", "/admin/stats"), 401);
    assert_eq!(status("GET", "/admin/nope"), 404);
    assert_eq!(status("POST", "/admin/stats"), 405);
    assert_eq!(status("OPTIONS", "/admin/stats"), 204);
    assert!(shop.get("/").body.contains("/admin/stats"));
}

#[test]
fn changes_are_sent_to_followers() {
    let shop = Program::serve("shop", &[":memory:"]);
    let mut stream = TcpStream::connect(shop.addr()).expect("a connection");
    let request = b"GET /live HTTP/1.1\r\nhost: a\r\n\r\n";
    stream.write_all(request).expect("the request is sent");
    let mut lines = BufReader::new(stream).lines();
    let mut until = |expected: &str| {
        let mut lines = lines.by_ref().map(|line| line.expect("text"));
        assert!(lines.any(|line| line == expected), "{expected}");
    };
    until("retry: 300");
    add(&shop, "cups");
    until("event: Saved");
    until(r#"data: {"id":1,"name":"cups","price_cents":950}"#);
    shop.ask("DELETE", "/products/1", &[], "");
    until("event: Deleted");
    until("data: 1");
    let html = shop.ask("GET", "/", &[("accept", "text/html")], "").body;
    assert!(html.contains(r#"<script src="/assets/live.js""#), "{html}");
    assert!(shop.get("/assets/live.js").body.contains("new EventSource"));
}
