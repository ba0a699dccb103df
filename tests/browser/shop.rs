//! Uses the pages of the shop as a visitor does.

use std::path::PathBuf;

use serde_json::json;

use crate::browser::Browser;
use crate::html::Pages;
use crate::program::Program;

/// The shop, whose only files are its pictures. Their folder is removed afterwards.
pub(crate) struct Shop {
    pub(crate) program: Program,
    pictures: PathBuf,
}

impl Shop {
    pub(crate) fn start(name: &str) -> Self {
        let name = format!("onward-pictures-{name}-{}", std::process::id());
        let pictures = std::env::temp_dir().join(name);
        let folder = pictures.to_str().expect("a name in text");
        let program = Program::serve("shop", &[":memory:", folder]);
        Self { program, pictures }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.program.addr())
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.pictures);
    }
}

/// Adds a product through the API.
pub(crate) fn add(shop: &Program, name: &str, stock: u32) {
    let product = json!({ "name": name, "price_cents": 950, "stock": stock });
    let json = ("content-type", "application/json");
    let added = shop.ask("POST", "/products", &[json], &product.to_string());
    assert_eq!(added.status, 201, "{added:?}");
}

/// Submits the form that registers a member, or the one that logs a member in.
pub(crate) fn fill_credentials(browser: &Browser, name: &str, password: &str) {
    browser.fill("#name", name);
    browser.fill("#password", password);
    browser.click("main form button");
}

fn is_message(text: &str) -> String {
    format!("document.querySelector('.message').textContent.includes({text:?})")
}

const MARKUP: &str =
    "<b>mugs</b><script>window.isHacked=1</script><img src=x onerror='window.isHacked=1'>";

#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn a_visitor_registers_buys_and_sells() {
    let shop = Shop::start("visit");
    let browser = Browser::start();
    let mut pages = Pages::default();
    add(&shop.program, "cups", 3);

    // A visitor who is not logged in has a cart.
    browser.open(&shop.url("/"));
    browser.until("document.querySelector('[data-stock]').textContent === '3 left'");
    browser.screenshot("shop-list");
    pages.add(&browser);
    browser.click("[data-product='1'] button");
    browser.until(&is_message("cups is in your cart."));
    assert_eq!(browser.path(), "/cart");
    browser.screenshot("shop-cart");
    pages.add(&browser);
    let before = browser.cookie("session");
    assert_eq!(
        (&before["httpOnly"], &before["sameSite"]),
        (&json!(true), &json!("Lax"))
    );

    // Only members can buy. The cart survives the login; the id of the session does not.
    browser.click("button.main");
    browser.until(&is_message("Please log in first."));
    pages.add(&browser);
    browser.click("main a[href^='/register']");
    browser.until("document.title.startsWith('Register')");
    pages.add(&browser);
    browser.screenshot("shop-register");
    fill_credentials(&browser, "ada", "correct horse");
    browser.until(&is_message("Welcome"));
    assert_eq!(browser.path(), "/cart");
    assert_ne!(browser.cookie("session")["value"], before["value"]);
    browser.click("button.main");
    browser.until(&is_message("Thank you for your order."));
    assert_eq!(shop.program.get("/products/1").json()["stock"], 2);

    // The product that is added has a picture, which is a screenshot of the window.
    let picture = browser.screenshot("shop-picture");
    browser.open(&shop.url("/sell"));
    pages.add(&browser);
    browser.screenshot("shop-sell");
    browser.fill("#name", "A framed view of this shop");
    browser.fill("#price", "12.5");
    browser.fill("#stock", "2");
    browser.fill("#picture", picture.to_str().expect("a path in text"));
    browser.click("main form button");
    browser.until("document.querySelector('.picture img').naturalWidth > 100");
    assert_eq!(browser.path(), "/items/2");
    assert_eq!(browser.text("[data-price]"), "12.50");
    browser.screenshot("shop-item");
    pages.add(&browser);

    // The member logs out and in again.
    browser.click("header form button");
    browser.until("document.querySelector('header a[href^=\"/login\"]') !== null");
    browser.open(&shop.url("/login"));
    fill_credentials(&browser, "ADA", "wrong horse");
    browser.until("document.querySelector('.fault').textContent.includes('wrong')");
    browser.screenshot("shop-login-failed");
    fill_credentials(&browser, "ada", "correct horse");
    browser.until(&is_message("You are logged in."));
    assert_eq!(browser.path(), "/");

    pages.check("visit");
    // The login that failed got a 422.
    assert_eq!(
        browser.errors(&[
            "/login - Failed to load resource: the server responded with a status of 422"
        ]),
        [""; 0]
    );
}

#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn markup_is_shown_as_text_and_only_pictures_are_accepted() {
    let shop = Shop::start("hostile");
    let browser = Browser::start();
    let mut pages = Pages::default();
    browser.open(&shop.url("/register"));
    fill_credentials(&browser, "<i>eve</i>", "correct horse");
    browser.until(&is_message("Welcome"));

    // The script adds the product to an open page; the server writes it into a page that is loaded later.
    browser.until("document.getElementById('live').textContent === 'Live.'");
    add(&shop.program, MARKUP, 1);
    browser.until("document.querySelector('[data-product=\"1\"]') !== null");
    assert_eq!(browser.text("[data-product='1'] h2"), MARKUP);
    browser.open(&shop.url("/items/1"));
    assert_eq!(browser.text("h1"), MARKUP);
    assert_eq!(browser.run("return window.isHacked ?? null"), json!(null));
    assert!(browser.text("header").contains("<i>eve</i>"));
    pages.add(&browser);

    // A page that claims to be a picture is rejected, and so is a picture that is too large.
    let fake = std::env::temp_dir().join(format!("onward-fake-{}.png", std::process::id()));
    std::fs::write(&fake, "<script>alert(1)</script>").expect("a file is written");
    let upload = |title: &str| {
        browser.open(&shop.url("/items/1"));
        browser.fill("#picture", fake.to_str().expect("a path in text"));
        browser.click("form.box button");
        browser.until(&format!("document.title.startsWith({title:?})"));
    };
    upload("Unsupported Media Type");
    pages.add_text(
        "415",
        browser
            .run("return document.documentElement.outerHTML")
            .to_string(),
    );
    browser.screenshot("shop-error");
    let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
    large.resize(8 << 20, 0);
    std::fs::write(&fake, large).expect("a file is written");
    upload("Payload Too Large");
    let _ = std::fs::remove_file(&fake);
    assert!(
        shop.program
            .get("/products/1")
            .json()
            .get("picture")
            .is_none()
    );

    browser.open(&shop.url("/nothing"));
    assert_eq!(browser.text("h1"), "Not Found");
    assert_eq!(
        browser.errors(&["status of 404", "status of 413", "status of 415"]),
        [""; 0]
    );
}

/// Another site cannot act on behalf of a member. With a host name and without TLS, browsers do not send
/// `sec-fetch-site`.
#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn forms_of_other_sites_are_rejected_and_those_of_the_shop_work_on_any_host() {
    let shop = Shop::start("csrf");
    let browser = Browser::start();
    add(&shop.program, "cups", 3);
    let (_, port) = shop.program.addr().rsplit_once(':').expect("a port");
    for host in ["127.0.0.1", "shop.test"] {
        browser.open(&format!("http://{host}:{port}/"));
        browser.click("[data-product='1'] button");
        browser.until(&is_message("cups is in your cart."));
    }
    for (from, to) in [("localhost", "shop.test"), ("shop.test", "127.0.0.1")] {
        browser.open(&format!("http://{from}:{port}/assets/icon.svg"));
        browser.open(&format!("http://{from}:{port}/nothing"));
        // The policy of the page forbids this form, so a page without a policy sends it.
        browser.open("about:blank");
        browser.run(&format!(
            "const form = document.createElement('form');
             form.method = 'post';
             form.action = 'http://{to}:{port}/cart/1';
             document.body.append(form);
             form.submit();"
        ));
        browser.until("document.title.startsWith('Forbidden')");
    }
}

#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn the_pages_work_with_the_keyboard_in_dark_and_on_a_phone() {
    let shop = Shop::start("keyboard");
    let browser = Browser::start();
    for name in ["cups", "a big mug", "a teapot for eight people"] {
        add(&shop.program, name, 3);
    }
    add(&shop.program, "saucers", 0);
    browser.color_scheme("dark");
    browser.open(&shop.url("/"));
    browser.screenshot("shop-list-dark");
    assert_eq!(
        browser.run("return document.querySelector('[data-product=\"4\"] button').disabled"),
        json!(true)
    );
    const TAB: &str = "\u{e004}";
    const ENTER: &str = "\u{e007}";
    browser.press(TAB);
    assert_eq!(
        browser.run("return document.activeElement.className"),
        "skip"
    );
    browser.press(ENTER);
    browser.press(TAB);
    assert_eq!(browser.run("return document.activeElement.id"), "search");
    for _ in 0..3 {
        browser.press(TAB);
    }
    let focused = "return document.activeElement.closest('li')?.dataset.product";
    assert_eq!(browser.run(focused), "2");
    browser.press(ENTER);
    browser.press(TAB);
    browser.until(&is_message("a big mug is in your cart."));
    let phone = json!({ "width": 390, "height": 780, "deviceScaleFactor": 1, "mobile": true });
    browser.devtools("Emulation.setDeviceMetricsOverride", phone);
    browser.open(&shop.url("/"));
    browser.screenshot("shop-phone-dark");
    let overflow = "return document.documentElement.scrollWidth - innerWidth";
    assert_eq!(browser.run(overflow), json!(0));
    browser.color_scheme("light");
    browser.open(&shop.url("/cart"));
    browser.screenshot("shop-phone-cart");
    assert_eq!(browser.run(overflow), json!(0));
    assert_eq!(browser.errors(&[]), [""; 0]);
}
