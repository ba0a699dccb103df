//! Uses the pages of the shop as a browser without scripts does. `tests/browser` uses them in Chromium.

use std::cell::RefCell;

use crate::program::{Program, Received};
use crate::shop::File;
use serde_json::json;

/// A folder for pictures, which is removed afterwards.
struct Folder(String);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("onward-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        Self(path.to_str().expect("a name in text").to_owned())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const MULTIPART: (&str, &str) = ("content-type", "multipart/form-data; boundary=b");

/// A visitor with one cookie.
struct Visitor<'a> {
    shop: &'a Program,
    cookie: RefCell<String>,
}

impl<'a> Visitor<'a> {
    fn new(shop: &'a Program) -> Self {
        Self {
            shop,
            cookie: RefCell::default(),
        }
    }

    fn member(shop: &'a Program, name: &str) -> Self {
        let visitor = Self::new(shop);
        let form = format!("name={name}&password=correct+horse&next=/");
        assert_eq!(visitor.post("/register", FORM, &form).status, 303);
        visitor
    }

    fn get(&self, path: &str) -> Received {
        self.ask("GET", path, &[], "")
    }

    fn post(&self, path: &str, content_type: (&str, &str), body: &str) -> Received {
        self.ask("POST", path, &[content_type], body)
    }

    /// Sends a request as a browser does: a page is expected, and the session is kept.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Received {
        let cookie = self.cookie.borrow().clone();
        let own = [("accept", "text/html,*/*;q=0.8"), ("cookie", &*cookie)];
        let response = self
            .shop
            .ask(method, path, &[&own[..], headers].concat(), body);
        if let Some((value, _)) = response.header("set-cookie").split_once(';') {
            *self.cookie.borrow_mut() = value.to_owned();
        }
        response
    }
}

fn add(shop: &Program, name: &str, stock: u32) {
    let product = json!({ "name": name, "price_cents": 950, "stock": stock });
    let json = ("content-type", "application/json");
    let added = shop.ask("POST", "/products", &[json], &product.to_string());
    assert_eq!(added.status, 201, "{added:?}");
}

/// Returns a form with text fields and a picture.
fn multipart(fields: &[(&str, &str)], picture: &str) -> String {
    let mut form = String::new();
    for (name, value) in fields {
        form +=
            &format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    form += "--b\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"../x.html\"\r\n";
    form + &format!("content-type: text/html\r\n\r\n{picture}\r\n--b--\r\n")
}

#[test]
fn a_visitor_buys_without_scripts() {
    let shop = Program::serve("shop", &[":memory:"]);
    add(&shop, "cups", 2);
    let ada = Visitor::new(&shop);
    let page = ada.get("/");
    assert!(page.body.contains("2 left"), "{page:?}");
    assert_eq!(
        page.header("set-cookie"),
        "",
        "a visit without a change sets no cookie"
    );
    assert_eq!(ada.post("/cart/1", FORM, "").header("location"), "/cart");
    let cart = ada.get("/cart").body;
    assert!(cart.contains("cups is in your cart.") && cart.contains("Total: 9.50"));
    assert!(
        !ada.get("/cart").body.contains("is in your cart."),
        "the message is shown once"
    );

    // Only members can buy.
    let sent = ada.post("/checkout", FORM, "");
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, "/login?next=%2Fcart")
    );
    let before = ada.cookie.borrow().clone();
    let sent = ada.post(
        "/register",
        FORM,
        "name=ada&password=correct+horse&next=%2Fcart",
    );
    assert_eq!((sent.status, sent.header("location")), (303, "/cart"));
    let eve = Visitor::new(&shop);
    eve.cookie.replace(before);
    assert!(
        !eve.get("/").body.contains("Log out"),
        "the old id is no longer valid"
    );
    assert_eq!(ada.post("/checkout", FORM, "").header("location"), "/cart");
    assert!(ada.get("/cart").body.contains("Thank you for your order."));
    assert_eq!(shop.get("/products/1").json()["stock"], 1);

    // Two visitors have the last cup in their carts.
    let bob = Visitor::member(&shop, "bob");
    for visitor in [&ada, &bob] {
        visitor.post("/cart/1", FORM, "");
    }
    assert_eq!(ada.post("/checkout", FORM, "").status, 303);
    assert_eq!(bob.post("/checkout", FORM, "").status, 303);
    assert!(
        bob.get("/cart")
            .body
            .contains("cups is no longer available in this quantity.")
    );
    assert_eq!(shop.get("/products/1").json()["stock"], 0);
}

#[test]
fn passwords_names_and_redirects_are_checked() {
    let shop = Program::serve("shop", &[":memory:"]);
    let ada = Visitor::member(&shop, "ada");
    ada.post("/logout", FORM, "");
    assert!(ada.get("/").body.contains("Log in"));
    let long = format!("name=ada&password={}", "x".repeat(257));
    for (path, form, fault) in [
        (
            "/register",
            "name=ADA&password=correct+horse",
            "This name is taken.",
        ),
        (
            "/register",
            "name=+&password=correct+horse",
            "A name has 1 to 30 characters.",
        ),
        (
            "/register",
            "name=bob&password=short",
            "at least 8 characters",
        ),
        (
            "/login",
            "name=ada&password=wrong+horse",
            "The name or the password is wrong.",
        ),
        (
            "/login",
            "name=eve&password=correct+horse",
            "The name or the password is wrong.",
        ),
        ("/login", &*long, "The name or the password is wrong."),
    ] {
        let response = ada.post(path, FORM, form);
        assert_eq!(response.status, 422, "{path} {form}");
        assert!(response.body.contains(fault), "{path} {form}: {response:?}");
        assert!(!response.body.contains("horse"), "no password in the page");
    }
    for (next, location) in [
        ("/cart", "/cart"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("", "/"),
    ] {
        let form = format!("name=Ada&password=correct+horse&next={next}");
        assert_eq!(ada.post("/login", FORM, &form).header("location"), location);
    }
}

#[test]
fn only_pictures_are_stored_and_they_are_served_as_pictures() {
    let folder = Folder::new("pictures");
    let shop = Program::serve("shop", &[":memory:", &folder.0]);
    let ada = Visitor::member(&shop, "ada");
    let fields = [("name", "cups"), ("price", "9.5"), ("stock", "")];
    let gif = "GIF89a<script>alert(1)</script>";
    let sent = ada.post("/sell", MULTIPART, &multipart(&fields, gif));
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, "/items/1"),
        "{sent:?}"
    );
    let product = shop.get("/products/1").json();
    assert_eq!(product["price_cents"], 950);
    let url = product["picture"].as_str().expect("a picture");
    let picture = shop.get(url);
    assert_eq!(
        (picture.header("content-type"), &*picture.body),
        ("image/gif", gif)
    );
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert_eq!(
        picture.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );

    let files = || std::fs::read_dir(&folder.0).expect("the folder").count();
    assert_eq!(files(), 1);
    let large = format!("GIF89a{}", "x".repeat(3 << 20));
    for (status, content) in [
        (415, "<!DOCTYPE html><script>alert(1)</script>"),
        (
            415,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        ),
        (415, ""),
        (413, &*large),
    ] {
        let response = ada.post("/sell", MULTIPART, &multipart(&fields, content));
        assert_eq!(response.status, status, "{response:?}");
        assert!(response.body.starts_with("<!DOCTYPE html>"));
    }
    for (name, price, fault) in [
        ("", "1", "`name` is empty"),
        ("cups", "1.234", "A price is"),
        ("cups", "1.+1", "A price is"),
        ("cups", "-1", "A price is"),
    ] {
        let fields = [("name", name), ("price", price), ("stock", "1")];
        let response = ada.post("/sell", MULTIPART, &multipart(&fields, gif));
        assert_eq!(response.status, 422, "{name} {price}");
        assert!(response.body.contains(fault), "{response:?}");
    }
    // Only the seller can change the picture.
    let bob = Visitor::member(&shop, "bob");
    let change = multipart(&[], "GIF87a");
    assert_eq!(bob.post("/items/1/picture", MULTIPART, &change).status, 403);
    assert_eq!(files(), 1);
    assert_eq!(ada.post("/items/1/picture", MULTIPART, &change).status, 303);
    assert_ne!(shop.get("/products/1").json()["picture"], url);
    assert_eq!(
        (files(), shop.get(url).status),
        (1, 404),
        "the old picture is removed"
    );
    assert_eq!(
        shop.get("/products").json().as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn text_is_escaped_and_other_sites_are_rejected() {
    let shop = Program::serve("shop", &[":memory:"]);
    add(&shop, "<script>\"&'</script>", 1);
    let eve = Visitor::member(&shop, "%3Cb%3E");
    for path in ["/", "/items/1", "/?search=%22%3E%3Cscript%3E"] {
        let page = eve.get(path).body;
        // The page itself has one script.
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert!(page.contains("&lt;b&gt;"));
    }
    for site in ["cross-site", "same-site"] {
        let response = eve.ask("POST", "/cart/1", &[FORM, ("sec-fetch-site", site)], "");
        assert_eq!(response.status, 403);
        assert!(response.body.contains("another origin"));
    }
}

#[test]
fn errors_have_the_form_that_the_client_accepts() {
    let shop = Program::serve("shop", &[":memory:"]);
    let visitor = Visitor::new(&shop);
    for (method, path, status) in [
        ("GET", "/nothing", 404),
        ("GET", "/items/7", 404),
        ("DELETE", "/cart", 405),
        ("POST", "/cart/7", 404),
        ("GET", "/products/x", 404),
        ("GET", "/products?page=two", 400),
    ] {
        let page = visitor.ask(method, path, &[], "");
        assert_eq!(page.status, status, "{method} {path}");
        assert!(page.body.starts_with("<!DOCTYPE html>"), "{page:?}");
        let error = shop.ask(method, path, &[], "");
        assert_eq!(error.status, status, "{method} {path}");
        assert!(error.json()["error"].is_string(), "{error:?}");
    }
}

#[test]
fn a_database_of_the_first_version_is_updated() {
    let file = File::new("first-version");
    let db = rusqlite::Connection::open(file.path()).expect("a database");
    db.execute_batch(
        "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price_cents INTEGER NOT NULL);
         INSERT INTO products (name, price_cents) VALUES ('cups', 950)",
    )
    .expect("the first version");
    drop(db);
    for _ in 0..2 {
        let shop = Program::serve("shop", &[file.path()]);
        let cups = json!({ "id": 1, "name": "cups", "price_cents": 950 });
        assert_eq!(shop.get("/products/1").json(), cups);
    }
}
