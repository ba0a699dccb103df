//! The API page of the example `library`, through a restart of the server.

use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::browser::{Browser, UNREACHABLE};
use crate::program::Program;

const SOON: Duration = Duration::from_secs(1);

#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn the_page_lists_routes_sends_requests_and_shows_their_events() {
    let library = Program::serve("library", &[]);
    let addr = library.addr().to_owned();
    let browser = Browser::start();
    browser.open(&format!("http://{addr}/api"));
    browser.until("document.getElementById('count').textContent === '14 routes'");
    browser.until("document.getElementById('state').textContent === 'connected'");
    browser.color_scheme("light");
    browser.screenshot("api");

    // The filter is focused with the keyboard.
    browser.press("/");
    browser.fill("#filter", "staff adds");
    browser.until("document.getElementById('count').textContent === '1 routes'");
    browser.fill("#filter", "a book");
    browser.run("document.getElementById('keys-of-api').open = true");
    browser.fill("#scheme-bearer", "let-me-in");
    browser.run("document.getElementById('keys-of-api').open = false");

    // A request with a body is sent.
    browser.click("#route-staff_add summary");
    browser.until("document.getElementById('staff_add-body').value.includes('title')");
    browser.fill("#staff_add-body", r#"{"title": "Emma", "year": 1815}"#);
    browser.record("#events li.request .what");
    browser.click("#route-staff_add button.send");
    browser
        .until("document.querySelector('#route-staff_add .status').textContent.startsWith('201')");
    let sent = browser.sent();
    let elapsed = browser.shown("/staff/books", sent);
    println!("the event was shown after {elapsed:?}");
    assert!(elapsed < SOON, "{elapsed:?}");
    let body = browser.text("#route-staff_add pre.body");
    assert!(body.contains("\"title\": \"Emma\""), "{body}");
    let first = "return document.querySelector('#events li.request').textContent";
    let shown = browser.run(first).to_string();
    assert!(shown.contains("POST") && shown.contains("201"), "{shown}");
    browser.screenshot("api-request");

    // An error of the API is shown as well.
    browser.fill("#staff_add-body", "{");
    browser.click("#route-staff_add button.send");
    browser
        .until("document.querySelector('#route-staff_add .status').textContent.startsWith('400')");

    drop(library);
    browser.until("document.getElementById('state').textContent === 'reconnecting'");
    let library = Program::serve_at(&addr, "library", &[]);
    browser.until("document.getElementById('state').textContent === 'connected'");
    browser.fill("#staff_add-body", r#"{"title": "Persuasion"}"#);
    browser.record("#events li.request .what");
    let before = SystemTime::now();
    browser.click("#route-staff_add button.send");
    let elapsed = browser.shown("/staff/books", before);
    assert!(elapsed < SOON, "{elapsed:?}");
    browser
        .until("document.querySelector('#route-staff_add .status').textContent.startsWith('201')");
    browser.color_scheme("dark");
    browser.screenshot("api-dark");

    let expected = [UNREACHABLE.as_slice(), &["status of 400"]].concat();
    assert_eq!(browser.errors(&expected), [""; 0]);
    drop(library);
}

/// An API with three hundred routes has a long list, which must still be built and filtered quickly.
#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn three_hundred_routes_are_listed_quickly() {
    let library = Program::serve("library", &[]);
    let browser = Browser::start();
    browser.open(&format!("http://{}/api", library.addr()));
    browser.until("document.getElementById('count').textContent === '14 routes'");
    let times = browser.run(
        "const item = api.paths['/books/{id}'];
         for (let i = 0; i < 300; i++) {
             api.paths[`/many/${i}/{id}`] = { get: { ...item.get, operationId: `many${i}` } };
         }
         const timed = (work) => {
             const start = performance.now();
             work();
             document.body.offsetHeight;
             return performance.now() - start;
         };
         const list = timed(showRoutes);
         document.getElementById('filter').value = 'many 29';
         const filtered = timed(filter);
         return [list, filtered, document.getElementById('count').textContent];",
    );
    println!("listed, filtered in milliseconds: {times}");
    assert_eq!(times[2], json!("13 routes"));
    assert!(times[0].as_f64().is_some_and(|it| it < 500.0), "{times}");
    assert!(times[1].as_f64().is_some_and(|it| it < 100.0), "{times}");
}
