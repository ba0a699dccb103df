//! The stock in two windows, through a restart of the server.

use std::time::{Duration, SystemTime};

use crate::browser::{Browser, UNREACHABLE};
use crate::html::Pages;
use crate::program::Program;
use crate::shop::{add, fill_credentials};

const SOON: Duration = Duration::from_secs(1);

fn set_stock(shop: &Program, id: u32, name: &str, stock: u32) {
    let product = format!(r#"{{"name": "{name}", "price_cents": 950, "stock": {stock}}}"#);
    let json = ("content-type", "application/json");
    let changed = shop.ask("PUT", &format!("/products/{id}"), &[json], &product);
    assert_eq!(changed.status, 200, "{changed:?}");
}

/// Waits until a window shows a stock, and checks that this took less than a second.
fn shows(window: &Browser, text: &str, since: SystemTime) {
    let elapsed = window.shown(text, since);
    println!("{text}: {elapsed:?}");
    assert!(elapsed < SOON, "{text}: {elapsed:?}");
}

/// Waits until a window is connected, and records what it shows from then on.
fn follow(window: &Browser) {
    window.until("document.getElementById('live').textContent === 'Live.'");
    window.record("[data-stock]");
}

#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn each_window_shows_the_stock_within_a_second_through_a_restart() {
    let database = std::env::temp_dir().join(format!("onward-stock-{}.db", std::process::id()));
    let database = database.to_str().expect("a path in text");
    let shop = Program::serve("shop", &[database]);
    let addr = shop.addr().to_owned();
    add(&shop, "cups", 9);
    add(&shop, "mugs", 9);
    let windows = [Browser::start(), Browser::start()];
    let [list, item] = &windows;
    list.open(&format!("http://{addr}/"));
    item.open(&format!("http://{addr}/register?next=/items/1"));
    fill_credentials(item, "ada", "correct horse");
    for window in &windows {
        follow(window);
    }

    // The stock changes through the API, and through a purchase in one of the windows.
    let start = SystemTime::now();
    set_stock(&shop, 1, "cups", 5);
    for window in &windows {
        shows(window, "5 left", start);
    }
    item.click("[data-product='1'] button");
    item.until("location.pathname === '/cart'");
    let start = SystemTime::now();
    item.click("button.main");
    shows(list, "4 left", start);
    item.open(&format!("http://{addr}/items/1"));
    follow(item);

    // A product is added, and another one is deleted.
    let start = SystemTime::now();
    add(&shop, "bowls", 2);
    shows(list, "2 left", start);
    shop.ask("DELETE", "/products/2", &[], "");
    list.until("document.querySelector('[data-product=\"2\"]') === null");
    let names =
        "return [...document.querySelectorAll('[data-name]')].map(it => it.textContent).join()";
    assert_eq!(list.run(names), "bowls,cups");
    list.screenshot("stock-list");

    // The server is restarted, and the stock changes before the windows have reconnected.
    drop(shop);
    for window in &windows {
        window.until("document.getElementById('live').textContent.startsWith('Reconnecting')");
    }
    list.screenshot("stock-reconnecting");
    let shop = Program::serve_at(&addr, "shop", &[database]);
    let start = SystemTime::now();
    set_stock(&shop, 1, "cups", 3);
    for window in &windows {
        shows(window, "3 left", start);
    }
    let start = SystemTime::now();
    set_stock(&shop, 1, "cups", 0);
    for window in &windows {
        shows(window, "sold out", start);
        let disabled = "return document.querySelector('[data-product=\"1\"] button').disabled";
        assert_eq!(window.run(disabled), true);
    }
    item.screenshot("stock-item");
    shop.ask("DELETE", "/products/1", &[], "");
    item.until("document.querySelector('[data-stock]').textContent === 'no longer available'");
    assert_eq!(list.run(names), "bowls");
    let mut pages = Pages::default();
    pages.add(list);
    pages.check("stock");
    for window in &windows {
        assert_eq!(window.errors(&UNREACHABLE), [""; 0]);
    }
    let _ = std::fs::remove_file(database);
}
