//! The request that the server's `Error` event reports, and changes that come too late.

use std::sync::{Arc, Mutex};

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{get, serve};
use crate::gate::Gate;

/// Collects the method, the URL, a header and the error of each event.
fn reports(server: &Server) -> Arc<Mutex<Vec<String>>> {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&reports);
    server.on(event::Error, move |error| {
        let req = error.request().expect("a request");
        let host = req.headers["host"].to_str().unwrap();
        let report = format!("{} {} {host}: {error}", req.method, req.url);
        recorder.lock().unwrap().push(report);
    });
    reports
}

#[derive(Debug)]
struct OwnError;

impl From<Failure> for OwnError {
    fn from(_: Failure) -> Self {
        Self
    }
}

/// Names the request that failed, like an error page.
impl Reply for OwnError {
    fn reply(self, res: Response) -> Sent {
        let req = res.req().expect("a request");
        let text = format!("{} {} {:?}", req.method, req.url, req.headers.get("x-id"));
        res.send((StatusCode::INTERNAL_SERVER_ERROR, text))
    }
}

#[server]
async fn own(req: Request, mut res: Response) -> Result<Sent, OwnError> {
    route!("/own" => Err::<&str, _>(OwnError));
    route!("/failure" => Err::<&str, _>(Failure::new(StatusCode::BAD_GATEWAY, "no line")));
    route!("/pair" => Err::<&str, _>((StatusCode::INTERNAL_SERVER_ERROR, "mine")));
    route!("/panic" => if req.url == "/panic" { panic!("on purpose") } else { "no" });
    route!("/late" => {
        write(&mut res);
        res.set_header("x-late", "1");
        res.end()
    });
}

/// Writes in a separate function, because `#[server]` would reject a header that is set after a visible `write`.
fn write(res: &mut Response) {
    res.write("x");
}

#[tokio::test]
async fn an_error_event_has_the_request() {
    let server = http::create_server(own);
    let reports = reports(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    let failed = "a handler failed with `behaviour::reports::OwnError`: OwnError";
    let cases = [
        ("/own?a=1", failed),
        ("/failure", "502 Bad Gateway: no line"),
        ("/pair", "a handler failed with"),
        ("/panic", "a handler panicked: on purpose"),
        (
            "/late",
            "the header `x-late` was set after the headers were written",
        ),
    ];
    for (url, error) in cases {
        wire.send(get(url)).await;
        wire.response().await;
        let report = reports.lock().unwrap().pop().expect("an event");
        assert!(report.starts_with(&format!("GET {url} a: ")), "{report}");
        assert!(report.contains(error), "{report}");
    }
    assert!(reports.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_response_knows_its_request() {
    let served = serve(http::create_server(own));
    for url in ["/own", "/none?a=1", "/panic"] {
        let mut wire = served.connect().await;
        wire.send(format!("GET {url} HTTP/1.1\r\nhost: a\r\nx-id: 7\r\n\r\n"))
            .await;
        let expected = format!("GET {url} Some(\"7\")");
        assert_eq!(wire.response().await.text(), expected);
    }
    assert!(Response::new().req().is_none());
}

#[tokio::test]
async fn a_kept_response_keeps_its_own_request() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |req, res| {
        let gate = inside.clone();
        async move {
            if req.url == "/first" {
                tokio::spawn(async move {
                    gate.pass().await;
                    let url = res.req().map(|req| req.url.to_string());
                    res.send(url)
                });
            } else {
                let url = res.req().map(|req| req.url.to_string());
                res.send(url);
            }
        }
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(format!("{}{}", get("/first"), get("/second")))
        .await;
    gate.reached().await;
    gate.open();
    assert_eq!(wire.response().await.text(), "/first");
    assert_eq!(wire.response().await.text(), "/second");
}

#[tokio::test]
async fn a_dispatched_request_is_reported() {
    let inner = Arc::new(http::create_server(own));
    let inner_reports = reports(&inner);
    let outer = http::create_server(move |req, res| {
        let inner = Arc::clone(&inner);
        async move { inner.dispatch(req, res).await }
    });
    serve(outer).get("/own").await;
    let reports = inner_reports.lock().unwrap();
    assert!(reports[0].starts_with("GET /own a: "), "{reports:?}");
}

#[tokio::test]
async fn a_late_status_is_reported() {
    let server = http::create_server(|req, mut res| async move {
        res.status_code = StatusCode::ACCEPTED;
        res.write("written");
        match req.url.path() {
            "/same" => res.status_code = StatusCode::ACCEPTED,
            "/status" => res.status_code = StatusCode::NOT_FOUND,
            "/dropped" => {
                res.status_code = StatusCode::NOT_FOUND;
                drop(res);
                return;
            }
            "/message" => res.status_message = Some("No".into()),
            _ => {
                res.write_head(StatusCode::NOT_FOUND, [("x-a", "1"); 0]);
            }
        }
        res.end();
    });
    let reports = reports(&server);
    let served = serve(server);
    let late = "after the headers were written";
    let cases = [
        ("/same", None),
        ("/status", Some("`status_code` was set")),
        ("/dropped", Some("`status_code` was set")),
        ("/message", Some("`status_message` was set")),
        ("/head", Some("the status was set by `write_head`")),
    ];
    for (url, what) in cases {
        let response = served.get(url).await;
        assert_eq!((response.status, response.text()), (202, "written"));
        let reports: Vec<_> = std::mem::take(&mut *reports.lock().unwrap());
        let expected =
            what.map(|what| format!("GET {url} a: 500 Internal Server Error: {what} {late}"));
        assert_eq!(reports, Vec::from_iter(expected));
    }
}

#[tokio::test]
async fn the_sent_of_another_response_is_reported() {
    let server = http::create_server(|req, res| async move {
        match req.url.path() {
            "/unsent" => Response::new().send("lost"),
            "/sent" => {
                res.send("hello");
                Response::new().end()
            }
            _ => res.send("fine"),
        }
    });
    let reports = reports(&server);
    let served = serve(server);
    for (url, status) in [("/unsent", 500), ("/sent", 200), ("/own", 200)] {
        assert_eq!(served.get(url).await.status, status);
    }
    let what = "500 Internal Server Error: a handler returned the `Sent` of a response that is not its own";
    let expected = ["/unsent", "/sent"].map(|url| format!("GET {url} a: {what}"));
    assert_eq!(*reports.lock().unwrap(), expected);
}

#[tokio::test]
async fn an_invalid_header_is_a_500_even_if_the_response_is_dropped() {
    let server = http::create_server(|req, mut res| async move {
        res.set_header("x-name", "a\r\nb");
        match req.url.path() {
            "/sent" => drop(res.send("hello")),
            _ => drop(res),
        }
    });
    let reports = reports(&server);
    let served = serve(server);
    for url in ["/sent", "/dropped"] {
        assert_eq!(served.get(url).await.status, 500, "{url}");
        let reports: Vec<_> = std::mem::take(&mut *reports.lock().unwrap());
        let [report] = reports.as_slice() else {
            panic!("{url}: {reports:?}");
        };
        assert!(
            report.starts_with(&format!("GET {url} a: 500 ")),
            "{report}"
        );
    }
}
