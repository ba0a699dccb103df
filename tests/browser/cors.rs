//! CORS and the protection against other sites, as Chromium enforces them. A page of one origin requests an API of
//! another origin; the API records the requests that it receives.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use onward::http;
use onward::prelude::*;
use onward::{Cors, cors, csrf};

use crate::browser::Browser;
use crate::served::{Served, serve};

/// The API. Each mount has its own rules for the origin of the page.
#[server]
async fn api(req: Request, res: Response, page: &str) -> Result {
    route!(mount "/plain" => plain(req, res).await);
    route!(mount "/one" => one(req, res, page).await);
    route!(mount "/other" => other(req, res).await);
    route!(mount "/any" => any(req, res).await);
    route!(mount "/limited" => limited(req, res, page).await);
    route!(mount "/credentials" => credentials(req, res, page).await);
}

/// Sets no rules.
#[server]
async fn plain(req: Request, res: Response) -> Result {
    route!("/" => "read");
    route!(POST "/" => "changed");
    route!(POST "/protected" => {
        csrf(&req)?;
        "changed"
    });
}

/// Allows one origin, above the statement that authenticates.
#[server]
async fn one(req: Request, mut res: Response, page: &str) -> Result {
    cors(&req, &mut res, page);
    if req
        .headers
        .get("authorization")
        .is_none_or(|it| it != "Bearer x")
    {
        return Err(Error::new(StatusCode::UNAUTHORIZED, "a token is needed"));
    }
    route!(mount "/inner" => inner(req, res).await);
}

#[server]
async fn inner(req: Request, res: Response) -> Result {
    route!(PUT "/" => "changed");
    route!(DELETE "/{id: u32}" => format!("deleted {id}"));
    route!("/broken" => Err::<(), _>(Error::from("broken")));
}

/// Allows an origin other than the page's.
#[server]
async fn other(req: Request, mut res: Response) -> Result {
    cors(&req, &mut res, "https://other.example");
    route!("/" => "read");
    route!(PUT "/" => "changed");
}

#[server]
async fn any(req: Request, mut res: Response) -> Result {
    cors(&req, &mut res, "*");
    route!("/" => "read");
    route!(PUT "/" => "changed");
}

#[server]
async fn limited(req: Request, mut res: Response, page: &str) -> Result {
    let rules = Cors::from(page)
        .methods(["GET", "PUT"])
        .headers(["x-a"])
        .expose(["x-total"]);
    cors(&req, &mut res, rules);
    res.set_header("x-total", "7");
    res.set_header("x-secret", "8");
    route!("/" => "read");
    route!(PUT | DELETE "/" => "changed");
}

#[server]
async fn credentials(req: Request, mut res: Response, page: &str) -> Result {
    cors(&req, &mut res, Cors::from(page).credentials());
    route!(POST "/cookie" => {
        res.set_header("set-cookie", "a=1");
        "set"
    });
    route!("/cookie" => match req.headers.get("cookie") {
        Some(value) => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        None => "none".to_owned(),
    });
}

/// The page, the API and the browser that shows the page.
struct Setting {
    browser: Browser,
    seen: Arc<Mutex<Vec<String>>>,
    api: SocketAddr,
    _servers: [Served; 2],
}

impl Setting {
    fn new() -> Self {
        let site = serve(http::create_server(|_req, res| async move {
            res.send(Html(
                "<!DOCTYPE html><title>page</title><link rel=icon href=data:,>",
            ))
        }));
        let page = format!("http://127.0.0.1:{}", site.addr.port());
        let origin = page.clone();
        let server = http::create_server(move |req, res| {
            let origin = origin.clone();
            async move { api(req, res, &origin).await }
        });
        let seen = Arc::default();
        let list: Arc<Mutex<Vec<String>>> = Arc::clone(&seen);
        server.on(event::Request, move |req| {
            let line = format!("{} {}", req.method, req.url.original().path());
            list.lock().expect("no panic").push(line);
        });
        let served = serve(server);
        let browser = Browser::start();
        browser.open(&page);
        Self {
            browser,
            seen,
            api: served.addr,
            _servers: [site, served],
        }
    }

    /// Requests a URL of the API in the page. Returns what the page can read, and the requests that the API received.
    fn fetch(&self, path: &str, options: &str) -> (Readable, Vec<String>) {
        let url = format!("http://{}{path}", self.api);
        let script = format!(
            "return fetch({url:?}, {options}).then(
                async res => [res.status, await res.text(), res.headers.get('x-total'), res.headers.get('x-secret')],
                () => null)"
        );
        let result = serde_json::from_value(self.browser.run(&script));
        let seen = std::mem::take(&mut *self.seen.lock().expect("no panic"));
        (result.expect("a result"), seen)
    }
}

/// The parts of a response that a page can read: status, text, and two headers. `None` if `fetch` was rejected.
type Readable = Option<(u16, String, Option<String>, Option<String>)>;

/// A path, options of `fetch`, the status and the text that the page can read, and the methods that the API receives.
type Case = (
    &'static str,
    &'static str,
    Option<(u16, &'static str)>,
    &'static str,
);

const READ: Option<(u16, &str)> = Some((200, "read"));
const CHANGED: Option<(u16, &str)> = Some((200, "changed"));

const CASES: [Case; 18] = [
    // Without rules, a page cannot read a response, and cannot send what a form cannot send.
    ("/plain", "{}", None, "GET"),
    ("/plain", "{ method: 'POST' }", None, "POST"),
    ("/plain", "{ method: 'PUT' }", None, "OPTIONS"),
    ("/plain", "{ headers: { 'x-a': '1' } }", None, "OPTIONS"),
    // `cors` handles a preflight above the authentication, and for mounted servers.
    (
        "/one/inner",
        "{ method: 'PUT', headers: { authorization: 'Bearer x' } }",
        CHANGED,
        "OPTIONS PUT",
    ),
    (
        "/one/inner/7",
        "{ method: 'DELETE', headers: { authorization: 'Bearer x' } }",
        Some((200, "deleted 7")),
        "OPTIONS DELETE",
    ),
    // The page can read errors. Below authentication, a preflight allows all methods, because those of the path are not
    // known.
    ("/one/inner", "{}", Some((401, "a token is needed")), "GET"),
    (
        "/one/inner/8",
        "{ method: 'PUT', headers: { authorization: 'Bearer x' } }",
        Some((405, "allowed methods")),
        "OPTIONS PUT",
    ),
    // The page cannot read a response that allows another origin.
    ("/other", "{}", None, "GET"),
    ("/other", "{ method: 'PUT' }", None, "OPTIONS"),
    // `any` allows every origin, but no credentials, and only the methods of the path.
    ("/any", "{}", READ, "GET"),
    ("/any", "{ method: 'PUT' }", CHANGED, "OPTIONS PUT"),
    ("/any", "{ method: 'DELETE' }", None, "OPTIONS"),
    ("/any", "{ credentials: 'include' }", None, "GET"),
    // `limited` allows only some methods and headers.
    (
        "/limited",
        "{ headers: { 'x-a': '1' } }",
        READ,
        "OPTIONS GET",
    ),
    ("/limited", "{ headers: { 'x-b': '1' } }", None, "OPTIONS"),
    ("/limited", "{ method: 'PUT' }", CHANGED, "OPTIONS PUT"),
    ("/limited", "{ method: 'DELETE' }", None, "OPTIONS"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium: see `main.rs`"]
async fn chromium_enforces_preflights() {
    let setting = Setting::new();
    for (path, options, expected, methods) in CASES {
        let (result, requests) = setting.fetch(path, options);
        let seen: Vec<_> = methods
            .split(' ')
            .map(|it| format!("{it} {path}"))
            .collect();
        assert_eq!(requests, seen, "{path} {options}");
        match (&result, expected) {
            (None, None) => {}
            (Some((status, text, ..)), Some(expected)) => {
                assert_eq!(*status, expected.0, "{path} {options}");
                assert!(text.contains(expected.1), "{path} {options}: {text}");
            }
            (result, _) => panic!("{path} {options}: {result:?}"),
        }
    }
    // The page can read only the headers that are exposed.
    let (result, _) = setting.fetch("/limited", "{}");
    let (_, _, total, secret) = result.expect("a response");
    assert_eq!((total.as_deref(), secret), (Some("7"), None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium: see `main.rs`"]
async fn chromium_enforces_the_rules_for_cookies_and_forms() {
    let setting = Setting::new();
    // Another port of the same host is a different origin, but the same site: cookies are sent if the page asks for
    // them.
    let include = "credentials: 'include'";
    let (set, _) = setting.fetch(
        "/credentials/cookie",
        &format!("{{ method: 'POST', {include} }}"),
    );
    assert!(set.is_some());
    let (sent, _) = setting.fetch("/credentials/cookie", &format!("{{ {include} }}"));
    assert_eq!(sent.expect("a response").1, "a=1");
    let (sent, _) = setting.fetch("/credentials/cookie", "{}");
    assert_eq!(sent.expect("a response").1, "none");

    // A form needs no preflight: only `csrf` rejects it.
    let (_, seen) = setting.fetch("/plain/protected", "{ method: 'POST', mode: 'no-cors' }");
    assert_eq!(seen, ["POST /plain/protected"]);
    let url = format!("http://{}/plain/protected", setting.api);
    setting.browser.run(&format!(
        "const form = document.createElement('form');
         form.method = 'post';
         form.action = {url:?};
         document.body.append(form);
         form.submit();"
    ));
    setting
        .browser
        .until("document.body.innerText.includes('initiated by another origin')");
}
