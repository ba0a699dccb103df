//! Handlers that fail.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{get, serve};
use crate::gate::Gate;

/// Collects the errors that a server emits.
fn errors(server: &Server) -> Arc<Mutex<Vec<String>>> {
    let errors = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        recorder.lock().unwrap().push(error.to_string());
    });
    errors
}

#[tokio::test]
async fn a_panic_is_a_500_without_details() {
    let server = http::create_server(|req, mut res| async move {
        res.set_header("x-cors", "yes");
        match req.url.path() {
            "/text" => panic!("the secret"),
            "/format" => panic!("the {}", "secret"),
            "/value" => std::panic::panic_any(7),
            "/late" => {
                res.write("queued");
                tokio::task::yield_now().await;
                panic!("too late to hide");
            }
            _ => res.send("hello"),
        }
    });
    let errors = errors(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    for url in ["/text", "/format", "/value"] {
        wire.send(get(url)).await;
        let response = wire.response().await;
        assert_eq!(response.status, 500);
        assert_eq!(response.detail(), "");
        assert!(!response.text().contains("secret"));
        assert_eq!(response.header("x-cors"), Some("yes"));
    }
    // The connection and the server keep working.
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.text(), "hello");
    assert_eq!(
        *errors.lock().unwrap(),
        [
            "500 Internal Server Error: a handler panicked: the secret",
            "500 Internal Server Error: a handler panicked: the secret",
            "500 Internal Server Error: a handler panicked: a value that is not text",
        ]
    );
}

#[tokio::test]
async fn a_panic_before_the_future_is_created_is_a_500() {
    let server = http::create_server(|req, res| {
        assert_eq!(req.url, "/", "only one page");
        async move { res.send("hello") }
    });
    let errors = errors(&server);
    let served = serve(server);
    assert_eq!(served.get("/other").await.status, 500);
    assert_eq!(served.get("/").await.text(), "hello");
    assert_eq!(errors.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_failure_after_the_headers_truncates_the_response() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |req, mut res| {
        let gate = inside.clone();
        async move {
            res.write("the beginning");
            gate.pass().await;
            if req.url == "/panic" {
                panic!("in the middle");
            }
            res.write("more").await?;
            Err::<Sent, _>(Error::from(std::io::Error::other("disk full")))
        }
    });
    let errors = errors(&server);
    let served = serve(server);
    for url in ["/panic", "/err"] {
        let mut wire = served.connect().await;
        wire.send(get(url)).await;
        gate.reached().await;
        assert_eq!(wire.head().await.status, 200);
        assert_eq!(wire.chunk().await.unwrap(), b"the beginning");
        gate.open();
        let rest = wire.rest().await;
        assert!(!rest.ends_with(b"0\r\n\r\n"), "{}", rest.escape_ascii());
    }
    assert_eq!(
        *errors.lock().unwrap(),
        [
            "500 Internal Server Error: a handler panicked: in the middle",
            "500 Internal Server Error: disk full",
        ]
    );
}

#[tokio::test]
async fn an_error_response_replaces_unsent_writes() {
    let server = http::create_server(|_req, mut res| async move {
        res.set_header("content-type", "text/csv");
        res.set_header("x-request-id", "7");
        res.write("id,name\n");
        Err::<(), _>(Error::bad_request("no such table"))
    });
    let errors = errors(&server);
    let response = serve(server).get("/").await;
    assert_eq!(response.status, 400);
    assert_eq!(response.detail(), "no such table");
    assert_eq!(response.header("x-request-id"), Some("7"));
    assert!(errors.lock().unwrap().is_empty());
}

#[tokio::test]
async fn headers_set_by_middleware_are_kept_on_an_error() {
    let served = serve(http::create_server(|req, mut res| async move {
        res.set_header("access-control-allow-origin", "*");
        res.append_header("set-cookie", "a=1");
        res.append_header("set-cookie", "b=2");
        if req.url == "/teapot" {
            return Err(Error::new(StatusCode::IM_A_TEAPOT, "short and stout"));
        }
        Ok(())
    }));
    for (url, status) in [("/teapot", 418), ("/nothing", 404)] {
        let response = served.get(url).await;
        assert_eq!(response.status, status);
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        assert_eq!(response.head.matches("set-cookie").count(), 2);
    }
}

#[derive(Debug)]
enum ShopError {
    SoldOut,
    Broken,
    Other(Failure),
}

impl From<Failure> for ShopError {
    fn from(error: Failure) -> Self {
        Self::Other(error)
    }
}

impl Reply for ShopError {
    fn reply(self, res: Response) -> Sent {
        match self {
            Self::SoldOut => res.send((StatusCode::GONE, "sold out")),
            Self::Broken => res.send((StatusCode::INTERNAL_SERVER_ERROR, "sorry")),
            Self::Other(error) => res.send((error.status(), error.message().to_owned())),
        }
    }
}

#[tokio::test]
async fn a_custom_error_type_sends_its_own_response() {
    let server = http::create_server(|req, res| async move {
        match req.url.path() {
            "/sold-out" => Err(ShopError::SoldOut),
            "/broken" => Err(ShopError::Broken),
            _ => {
                let page = req.url.query::<u32>("page")?;
                Ok(res.send(page.to_string()))
            }
        }
    });
    let errors = errors(&server);
    let served = serve(server);
    let response = served.get("/sold-out").await;
    assert_eq!((response.status, response.text()), (410, "sold out"));
    let response = served.get("/broken").await;
    assert_eq!((response.status, response.text()), (500, "sorry"));
    let response = served.get("/").await;
    assert_eq!(response.status, 400);
    assert_eq!(response.text(), "query parameter `page` is missing");
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 1, "a 500 is never silent: {errors:?}");
    assert!(errors[0].contains("ShopError"), "{errors:?}");
    assert!(errors[0].ends_with(": Broken"), "{errors:?}");
}

/// The handler is not called, so it cannot return the error.
#[tokio::test]
async fn a_custom_error_type_also_responds_to_rejected_requests() {
    let server = http::create_server(|_req, res| async move { Ok::<_, ShopError>(res.end()) });
    let served = serve(server.max_header_size(1000));
    let long = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "x".repeat(2000)
    );
    let no_host = "GET / HTTP/1.1\r\n\r\n".to_owned();
    let invalid = "GET / HTTP/1.1\r\nhost: a\r\nx y: z\r\n\r\n".to_owned();
    for (request, status, text) in [
        (
            long,
            431,
            "request line and headers exceed the server's limit",
        ),
        (
            no_host,
            400,
            "an HTTP/1.1 request must have a `host` header",
        ),
        (invalid, 400, "a header is not `name: value`"),
    ] {
        let mut wire = served.connect().await;
        wire.send(request).await;
        let response = wire.response().await;
        assert_eq!((response.status, response.text()), (status, text));
        assert_eq!(response.header("connection"), Some("close"));
    }
}

struct Panics;

impl From<Failure> for Panics {
    fn from(_: Failure) -> Self {
        panic!("the error type is broken")
    }
}

impl std::fmt::Debug for Panics {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl Reply for Panics {
    fn reply(self, res: Response) -> Sent {
        res.end()
    }
}

#[tokio::test]
async fn an_error_type_that_panics_is_replaced_for_rejected_requests() {
    let server = http::create_server(|_req, res| async move { Ok::<_, Panics>(res.end()) });
    let errors = errors(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send("GET / HTTP/1.1\r\n\r\n").await;
    let response = wire.response().await;
    assert_eq!(response.status, 400);
    assert_eq!(
        response.header("content-type"),
        Some("application/problem+json")
    );
    let errors = errors.lock().unwrap();
    assert!(errors[0].contains("the error type is broken"), "{errors:?}");
}

#[tokio::test]
async fn an_invalid_header_is_a_500() {
    let server = http::create_server(|req, mut res| async move {
        let to = req.url.query::<String>("to")?;
        res.set_header("location", to);
        if req.url.path() == "/written" {
            res.write("see there");
        }
        Ok::<_, Error>(res.end())
    });
    let errors = errors(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    for url in ["/?to=/a%0d%0ax:1", "/written?to=/a%0d%0ax:1"] {
        wire.send(get(url)).await;
        let response = wire.response().await;
        assert_eq!(response.status, 500);
        assert_eq!(response.detail(), "");
        assert_eq!(response.header("x"), None);
    }
    wire.send(get("/?to=/fine")).await;
    assert_eq!(wire.response().await.header("location"), Some("/fine"));
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].contains("header `location`"), "{errors:?}");
}

#[tokio::test]
async fn a_late_header_is_reported() {
    let server = http::create_server(|_req, mut res| async move {
        res.write("hello");
        res.set_header("x-late", "1");
        res.end()
    });
    let errors = errors(&server);
    let response = serve(server).get("/").await;
    assert_eq!((response.status, response.text()), (200, "hello"));
    assert_eq!(response.header("x-late"), None);
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].contains("`x-late`"), "{errors:?}");
}

#[tokio::test]
async fn a_panic_in_a_task_that_holds_the_response_is_a_500() {
    let server = http::create_server(|req, mut res| async move {
        tokio::spawn(async move {
            if req.url == "/begun" {
                res.write("the beginning").await.unwrap();
                tokio::task::yield_now().await;
            }
            let _res = res;
            panic!("in a task");
        });
    });
    let errors = errors(&server);
    let served = serve(server);
    let response = served.get("/").await;
    assert_eq!(response.status, 500);
    assert_eq!(errors.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_task_that_drops_an_incomplete_response_truncates_it() {
    let server = http::create_server(|_req, mut res| async move {
        tokio::spawn(async move {
            res.write("the beginning").await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
        });
    });
    let errors = errors(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    let truncated = String::from_utf8(wire.rest().await).unwrap();
    assert!(
        truncated.ends_with("\r\nd\r\nthe beginning\r\n"),
        "{truncated}"
    );
    assert_eq!(errors.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_error_after_the_response_was_moved_is_reported() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            tokio::spawn(async move {
                gate.pass().await;
                res.send("from afar")
            });
            Err::<(), _>(Error::from(std::io::Error::other("disk full")))
        }
    });
    let errors = errors(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    gate.open();
    assert_eq!(wire.response().await.text(), "from afar");
    assert_eq!(
        *errors.lock().unwrap(),
        ["500 Internal Server Error: disk full"]
    );
}

#[derive(Debug)]
struct Unspeakable;

impl From<Failure> for Unspeakable {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl Reply for Unspeakable {
    fn reply(self, _res: Response) -> Sent {
        panic!("no reply");
    }
}

#[tokio::test]
async fn an_error_that_panics_in_reply_is_a_500() {
    let server = http::create_server(|_req, mut res| async move {
        res.set_header("x-a", "1");
        Err::<(), _>(Unspeakable)
    });
    let errors = errors(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.status, 500);
    }
    assert_eq!(errors.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_panicking_error_listener_affects_no_response() {
    let server = http::create_server(|_req, _res| async move {
        Err::<(), _>(Error::from(std::io::Error::other("disk full")))
    });
    server.on(event::Error, |_| panic!("a listener's own"));
    let served = serve(server);
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.status, 500);
    }
}

#[tokio::test]
async fn a_handler_that_always_panics_is_a_500() {
    let server = http::create_server(|_req, _res| async move { panic!("not yet") });
    let errors = errors(&server);
    assert_eq!(serve(server).get("/").await.status, 500);
    assert_eq!(errors.lock().unwrap().len(), 1);
}
