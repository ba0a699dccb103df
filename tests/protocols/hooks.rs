//! The hooks `before_head` and `before_head_async`.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{Protocol, ask, get};
use crate::over_both;
use crate::server::{Counter, Gate, serve};

/// Collects the errors that a server emits.
fn errors(server: &Server) -> Arc<Mutex<Vec<String>>> {
    let errors = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        recorder.lock().unwrap().push(error.to_string());
    });
    errors
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.before_head(|head| {
        let seen = head.get_header("x-order").cloned();
        assert_eq!(seen.unwrap(), "third, second");
        let status = head.status_code.as_u16();
        head.set_header("x-order", "third, second, first");
        head.set_header("x-status", status);
    });
    res.before_head_async(|mut head| async move {
        tokio::task::yield_now().await;
        assert_eq!(head.get_header("x-order").unwrap(), "third");
        head.set_header("x-order", "third, second");
        Ok(head)
    });
    res.before_head(|head| {
        head.set_header("x-order", "third");
    });
    route!("/" => "hello");
    route!(POST "/" => StatusCode::CREATED);
    route!("/error" => Err::<&str, _>(Error::bad_request("no")));
    route!("/none" => None::<&str>);
    route!("/panic" => panic_now());
    route!("/drop" => dropped(res));
    route!("/early" => {
        res.before_head(|head| {
            head.append_header("x-late", "yes");
        });
        res.end_with("early")
    });
    route!("/stream" => {
        res.write("streamed, ");
        res.before_head(|head| {
            head.append_header("x-late", "yes");
            assert!(head.body().is_none());
        });
        tokio::task::yield_now().await;
        res.write("in parts");
        res.end()
    });
    route!("/length" => {
        res.set_header("content-length", 10);
        res.end_with("short")
    });
}

fn panic_now() -> &'static str {
    panic!("on purpose")
}

fn dropped(res: Response) -> Result {
    drop(res);
    Err(Error::not_found())
}

async fn every_response_passes_through_the_hooks(protocol: Protocol) {
    let served = serve(http::create_server(shop));
    let mut client = served.connect(protocol).await;
    for (method, path, status) in [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("POST", "/", 201),
        ("PUT", "/", 405),
        ("OPTIONS", "/", 204),
        ("GET", "/missing", 404),
        ("GET", "/none", 404),
        ("GET", "/error", 400),
        ("GET", "/panic", 500),
        ("GET", "/drop", 404),
        ("GET", "/early", 200),
        ("GET", "/stream", 200),
        ("GET", "/length", 500),
    ] {
        let answer = client.ask(ask(method, path)).await;
        let status_text = status.to_string();
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(answer.is_whole, "{method} {path}");
        assert_eq!(answer.header("x-order"), Some("third, second, first"));
        assert_eq!(answer.header("x-status"), Some(status_text.as_str()));
        let late = matches!(path, "/early" | "/stream").then_some("yes");
        assert_eq!(answer.header("x-late"), late, "{method} {path}");
    }
    let answer = client.ask(get("/stream")).await;
    assert_eq!(answer.text(), "streamed, in parts");
}

/// Adds a hook that fails in the way that the path names.
async fn failing(req: Request, mut res: Response) -> Result {
    res.set_header("x-kept", "yes");
    res.before_head(|head| {
        let status = head.status_code.as_u16();
        head.set_header("x-seen", status);
    });
    match req.url.path().trim_start_matches("/stream") {
        "/panic" => res.before_head(|_| panic!("sync")),
        "/call" => res.before_head_async(|head| {
            assert!(head.body().is_none() && head.body().is_some(), "call");
            async { Ok(head) }
        }),
        "/poll" => res.before_head_async(|head| async move {
            tokio::task::yield_now().await;
            assert_eq!(head.status_code, StatusCode::IM_A_TEAPOT, "poll");
            Ok(head)
        }),
        "/error" => res.before_head_async(|_| async {
            Err(Error::new(StatusCode::SERVICE_UNAVAILABLE, "no store"))
        }),
        "/question" => res.before_head_async(|head| async {
            Err(std::io::Error::other("disk full"))?;
            Ok(head)
        }),
        "/header" => res.before_head(|head| {
            head.set_header("x-bad", "a\r\nb");
        }),
        "/informational" => res.before_head(|head| head.status_code = StatusCode::CONTINUE),
        "/length" => res.before_head(|head| {
            head.set_header("content-length", 3);
        }),
        "/never" => res.before_head_async(|head| async {
            std::future::pending::<()>().await;
            Ok(head)
        }),
        "/drop" => res.before_head_async(|head| {
            let bomb = Bomb;
            async move {
                drop(head);
                std::future::pending::<()>().await;
                drop(bomb);
                Err(Error::not_found())
            }
        }),
        _ => &mut res,
    };
    if req.url.path().starts_with("/stream") {
        for _ in 0..3 {
            res.write("some of it").await?;
            tokio::task::yield_now().await;
        }
        return Ok(res.end());
    }
    Ok(res.send("hello"))
}

/// A value that panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

async fn a_failing_hook_is_an_error_response(protocol: Protocol) {
    let server = http::create_server(failing).before_head_timeout(Some(Duration::from_millis(20)));
    let errors = errors(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let internal = "500 Internal Server Error: ";
    for (path, status, error) in [
        ("/panic", 500, "a `before_head` hook panicked: sync"),
        ("/call", 500, "a `before_head` hook panicked: call"),
        ("/poll", 500, "a `before_head` hook panicked: assertion"),
        ("/error", 503, "no store"),
        ("/question", 500, "disk full"),
        ("/header", 500, "invalid value of the header `x-bad`"),
        ("/informational", 500, "100 Continue is not the status"),
        ("/length", 500, "content-length is 3 but"),
        (
            "/never",
            500,
            "a `before_head` hook did not complete within 20ms",
        ),
        (
            "/drop",
            500,
            "a `before_head` hook did not complete within 20ms",
        ),
    ] {
        for path in [path.to_owned(), format!("/stream{path}")] {
            let answer = client.ask(get(&path)).await;
            assert_eq!(answer.status, status, "{path}");
            assert!(answer.is_whole, "{path}");
            let problem = answer.header("content-type");
            assert_eq!(problem, Some("application/problem+json"), "{path}");
            assert!(answer.text().contains(&status.to_string()), "{path}");
            assert_eq!(answer.header("x-kept"), Some("yes"), "{path}");
            let seen = answer.header("x-seen").map(str::to_owned);
            // These errors are detected after all hooks have been called.
            let late = ["/informational", "/length"];
            if !late.iter().any(|late| path.ends_with(late)) {
                assert_eq!(seen, Some(status.to_string()), "{path}");
            }
            let reported = errors.lock().unwrap().split_off(0);
            assert_eq!(reported.len(), 1, "{path}: {reported:?}");
            let text = reported[0].trim_start_matches(internal);
            let text = text.trim_start_matches("503 Service Unavailable: ");
            assert!(text.starts_with(error), "{path}: {text}");
        }
        let answer = client.ask(get("/")).await;
        assert_eq!(answer.text(), "hello");
    }
}

async fn a_streamed_response_can_be_replaced(protocol: Protocol) {
    let dropped = Counter::default();
    let on_drop = dropped.clone();
    let server = http::create_server(move |_req, mut res| {
        let dropped = on_drop.on_drop();
        async move {
            res.before_head(|head| {
                head.status_code = StatusCode::NOT_ACCEPTABLE;
                head.replace_body("not this one");
                head.set_header("content-type", "text/plain");
            });
            loop {
                res.write("a stream without end\n").await?;
                tokio::task::yield_now().await;
                if dropped.is_spent() {
                    return Ok::<_, Error>(res.end());
                }
            }
        }
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for requests in 1..4 {
        let answer = client.ask(get("/")).await;
        assert_eq!(answer.status, 406);
        assert_eq!(answer.text(), "not this one");
        assert_eq!(answer.header("content-length"), Some("12"));
        // The handler is dropped, because its output is not used.
        dropped.reaches(requests).await;
    }
}

async fn a_replaced_status_without_a_body_ends_a_stream(protocol: Protocol) {
    let server = http::create_server(|_req, mut res| async move {
        res.before_head(|head| {
            head.status_code = StatusCode::NO_CONTENT;
        });
        loop {
            res.write("a stream without end\n").await?;
            tokio::task::yield_now().await;
            if res.writable_length() > 1 << 20 {
                return Ok::<_, Error>(res.end());
            }
        }
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for _ in 0..2 {
        let answer = client.ask(get("/")).await;
        assert_eq!((answer.status, answer.body.len()), (204, 0));
    }
}

async fn a_client_that_disconnects_drops_a_waiting_hook(protocol: Protocol) {
    let gate = Gate::default();
    let inside = gate.clone();
    let dropped = Counter::default();
    let on_drop = dropped.clone();
    let server = http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        let dropped = on_drop.on_drop();
        async move {
            res.before_head_async(move |head| async move {
                gate.pass().await;
                drop(dropped);
                Ok(head)
            });
            res.send("hello")
        }
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let call = client.open(&get("/"), true).await;
    gate.reached().await;
    drop(call);
    client.abort();
    dropped.reaches(1).await;
}

async fn a_hook_that_is_added_too_late_is_reported(protocol: Protocol) {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.write("hello");
            gate.pass().await;
            res.before_head(|head| {
                head.set_header("x-late", "yes");
            });
            res.end()
        }
    });
    let errors = errors(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/"), true).await;
    let head = call.head().await.unwrap();
    gate.reached().await;
    gate.open();
    let answer = call.rest(head).await;
    assert!(answer.is_whole && answer.header("x-late").is_none());
    let reported = errors.lock().unwrap();
    assert!(
        reported[0].contains("`before_head` was called after"),
        "{reported:?}"
    );
}

over_both!(
    every_response_passes_through_the_hooks,
    a_failing_hook_is_an_error_response,
    a_streamed_response_can_be_replaced,
    a_replaced_status_without_a_body_ends_a_stream,
    a_client_that_disconnects_drops_a_waiting_hook,
    a_hook_that_is_added_too_late_is_reported,
);

/// Hooks without a socket.
mod detached {
    use super::*;

    #[tokio::test]
    async fn hooks_run_when_the_response_ends() {
        for (path, status) in [("/", 200), ("/early", 200), ("/stream", 200)] {
            let sent = shop(Request::get(path), Response::new()).await.unwrap();
            let sent = sent.settled().await;
            assert_eq!(sent.status_code(), status, "{path}");
            assert_eq!(sent.header("x-order").unwrap(), "third, second, first");
        }
        let sent = shop(Request::get("/stream"), Response::new())
            .await
            .unwrap();
        assert_eq!(sent.settled().await.text(), "streamed, in parts");
    }

    #[tokio::test]
    async fn a_failing_hook_is_an_error_response() {
        for (path, status) in [
            ("/panic", 500),
            ("/call", 500),
            ("/poll", 500),
            ("/error", 503),
            ("/header", 500),
            ("/informational", 500),
            ("/length", 500),
        ] {
            for path in [path.to_owned(), format!("/stream{path}")] {
                let sent = failing(Request::get(path.as_str()), Response::new())
                    .await
                    .unwrap();
                let sent = sent.settled().await;
                assert_eq!(sent.status_code(), status, "{path}");
                assert!(sent.text().contains(&status.to_string()), "{path}");
                assert_eq!(
                    sent.header("content-type").unwrap(),
                    "application/problem+json"
                );
            }
        }
    }

    #[tokio::test]
    #[should_panic(expected = "use `sent.settled().await`")]
    async fn a_response_is_not_read_before_its_hooks_have_run() {
        let sent = shop(Request::get("/"), Response::new()).await.unwrap();
        let _ = sent.text();
    }

    #[tokio::test]
    async fn finish_is_emitted_after_the_hooks() {
        let finished = Counter::default();
        let mut res = Response::new();
        let count = finished.clone();
        res.once(event::Finish, move |_| count.add());
        res.before_head_async(|head| async move {
            tokio::task::yield_now().await;
            Ok(head)
        });
        let sent = res.send("hello");
        assert_eq!(finished.get(), 0);
        assert_eq!(sent.settled().await.text(), "hello");
        assert_eq!(finished.get(), 1);
    }

    #[tokio::test]
    async fn dispatch_waits_for_the_hooks() {
        let server =
            http::create_server(failing).before_head_timeout(Some(Duration::from_millis(20)));
        for path in ["/never", "/panic", "/stream/poll"] {
            let sent = server.dispatch(Request::get(path), Response::new()).await;
            assert_eq!(sent.status_code(), 500, "{path}");
            assert_eq!(sent.header("x-seen").unwrap(), "500", "{path}");
        }
    }
}
