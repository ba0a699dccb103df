//! Handlers that fail.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::http::Server;
use onward::prelude::*;

use crate::client::{get, serve};
use crate::gate::Gate;

/// The errors a server tells of.
fn errors(server: &Server) -> Arc<Mutex<Vec<String>>> {
    let errors = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        tell.lock().unwrap().push(error.to_string());
    });
    errors
}

#[tokio::test]
async fn a_panic_is_a_500_that_says_nothing() {
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
        let answer = wire.answer().await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.detail(), "");
        assert!(!answer.text().contains("secret"));
        assert_eq!(answer.header("x-cors"), Some("yes"));
    }
    // The connection lives on, and so does the server.
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "hello");
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
async fn a_panic_before_the_future_is_a_500_too() {
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
async fn a_failure_in_the_middle_of_an_answer_cuts_it() {
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
async fn what_was_queued_before_a_failure_is_not_sent() {
    let server = http::create_server(|_req, mut res| async move {
        res.set_header("content-type", "text/csv");
        res.set_header("x-request-id", "7");
        res.write("id,name\n");
        Err::<(), _>(Error::bad_request("no such table"))
    });
    let errors = errors(&server);
    let answer = serve(server).get("/").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.detail(), "no such table");
    assert_eq!(answer.header("x-request-id"), Some("7"));
    assert!(errors.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_middleware_set_stays_on_an_error() {
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
        let answer = served.get(url).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.head.matches("set-cookie").count(), 2);
    }
}

#[derive(Debug)]
enum ShopError {
    SoldOut,
    Broken,
    Other(Error),
}

impl From<Error> for ShopError {
    fn from(error: Error) -> Self {
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
async fn an_error_of_the_users_answers_as_it_likes() {
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
    let answer = served.get("/sold-out").await;
    assert_eq!((answer.status, answer.text()), (410, "sold out"));
    let answer = served.get("/broken").await;
    assert_eq!((answer.status, answer.text()), (500, "sorry"));
    let answer = served.get("/").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.text(), "query parameter `page` is missing");
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 1, "a 500 is never silent: {errors:?}");
    assert!(errors[0].contains("ShopError"), "{errors:?}");
}

#[tokio::test]
async fn a_header_that_is_not_valid_is_a_500() {
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
        let answer = wire.answer().await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.detail(), "");
        assert_eq!(answer.header("x"), None);
    }
    wire.send(get("/?to=/fine")).await;
    assert_eq!(wire.answer().await.header("location"), Some("/fine"));
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].contains("`location` is not valid"), "{errors:?}");
}

#[tokio::test]
async fn a_header_that_comes_too_late_is_told_of() {
    let server = http::create_server(|_req, mut res| async move {
        res.write("hello");
        res.set_header("x-late", "1");
        res.end()
    });
    let errors = errors(&server);
    let answer = serve(server).get("/").await;
    assert_eq!((answer.status, answer.text()), (200, "hello"));
    assert_eq!(answer.header("x-late"), None);
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].contains("`x-late`"), "{errors:?}");
}

#[tokio::test]
async fn a_task_that_panics_with_the_response_is_a_500() {
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
    let answer = served.get("/").await;
    assert_eq!(answer.status, 500);
    assert_eq!(errors.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_task_that_drops_a_response_in_the_middle_truncates_it() {
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
async fn an_error_of_a_handler_whose_response_is_elsewhere_is_told_of() {
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
    assert_eq!(wire.answer().await.text(), "from afar");
    assert_eq!(
        *errors.lock().unwrap(),
        ["500 Internal Server Error: disk full"]
    );
}

struct Unspeakable;

impl Reply for Unspeakable {
    fn reply(self, _res: Response) -> Sent {
        panic!("there are no words");
    }
}

#[tokio::test]
async fn an_error_that_panics_as_it_is_answered_is_a_500() {
    let server = http::create_server(|_req, mut res| async move {
        res.set_header("x-a", "1");
        Err::<(), _>(Unspeakable)
    });
    let errors = errors(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.answer().await.status, 500);
    }
    assert_eq!(errors.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_panic_in_a_listener_of_errors_harms_no_answer() {
    let server = http::create_server(|_req, _res| async move {
        Err::<(), _>(Error::from(std::io::Error::other("disk full")))
    });
    server.on(event::Error, |_| panic!("a listener's own"));
    let served = serve(server);
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.answer().await.status, 500);
    }
}

#[tokio::test]
async fn a_handler_that_is_not_written_yet_is_a_500() {
    let server = http::create_server(|_req, _res| async move { panic!("not yet") });
    let errors = errors(&server);
    assert_eq!(serve(server).get("/").await.status, 500);
    assert_eq!(errors.lock().unwrap().len(), 1);
}
