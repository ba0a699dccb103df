use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use onward::http::Server;
use onward::prelude::*;

use super::{hello, x};
use crate::event_log::EventLog;

pub(super) fn server(name: &str, events: &EventLog) -> Server {
    match name {
        "get-end-x" => events.serve(x),
        "seed-write-end" => events.serve(hello),
        "seed-url-json" => events.serve(|req, mut res| async move {
            if req.url == "/products" {
                res.write(r#"["shoes","lipstick","cups"]"#);
                res.end();
            }
        }),
        "seed-no-branch" => events.serve(|req, res| async move {
            if req.url == "/products" {
                res.end_with("[]");
            }
        }),
        "no-request-listener" => events.serve(|_req, _res| async {}),
        "write-write-end" => events.serve(|_req, mut res| async move {
            res.write("ab");
            res.write("cde");
            res.end_with("f")
        }),
        "end-empty" => events.serve(|_req, res| async move { res.end() }),
        "json-end" => events.serve(|_req, mut res| async move {
            res.set_header("Content-Type", "application/json");
            res.end_with(r#"{"a":1}"#)
        }),
        "utf8-length" => events.serve(|_req, res| async move { res.end_with("é€") }),
        "big-body-drain" => big_body(events),
        "req-destroy" => events.serve(|req, _res| async move { req.socket.destroy() }),
        "two-listeners-both-write" => events.serve(|_req, mut res| async move {
            res.write("1");
            res.end_with("2")
        }),
        "info-1xx" | "info-after-head" => informing(name, events),
        "res-trailers" | "res-trailers-te" => events.serve(|_req, mut res| async move {
            res.write_head(StatusCode::OK, [("Trailer", "X-T")]);
            res.write("hi");
            res.add_trailers([("X-T", "v")]);
            res.end()
        }),
        _ if name.starts_with("s20") || name.starts_with("status-") => with_status(name, events),
        _ if name.starts_with("cl-") || name == "writehead-cl" => with_length(name, events),
        _ => with_headers(name, events),
    }
}

fn with_status(name: &str, events: &EventLog) -> Server {
    let log = events.clone();
    match name {
        "s204-cl" => events.serve(|_req, mut res| async move {
            res.write_head(StatusCode::NO_CONTENT, [("Content-Length", 1)]);
            res.end_with("x")
        }),
        "s205-body" => events.serve(|_req, mut res| async move {
            res.status_code = StatusCode::RESET_CONTENT;
            res.end_with("x")
        }),
        "status-599" => events.serve(|_req, mut res| async move {
            let unknown = StatusCode::from_u16(599).unwrap();
            res.write_head(unknown, [("", ""); 0]);
            res.end()
        }),
        "status-100-final" => events.serve(|_req, mut res| async move {
            res.status_code = StatusCode::from_u16(103).unwrap();
            res.end_with("x")
        }),
        "status-invalid" => events.serve(move |_req, mut res| {
            for code in [1000, 99] {
                let invalid = StatusCode::from_u16(code).unwrap_err();
                log.log(format!("  {code}: {invalid}"));
            }
            res.status_message = Some("a\r\nb".into());
            async move { res.end_with("x") }
        }),
        _ => panic!("a new scenario: {name}"),
    }
}

fn with_length(name: &str, events: &EventLog) -> Server {
    match name {
        "writehead-cl" => events.serve(|_req, mut res| async move {
            res.write_head(StatusCode::OK, [("Content-Length", 5)]);
            res.write("he");
            res.end_with("llo")
        }),
        "cl-and-te-by-handler" => events.serve(|_req, mut res| async move {
            res.set_header("Transfer-Encoding", "chunked");
            res.set_header("Content-Length", 1);
            res.end_with("x")
        }),
        "cl-too-long" | "cl-strict" => events.serve(|_req, mut res| async move {
            res.write_head(StatusCode::OK, [("Content-Length", 10)]);
            res.end_with("hi")
        }),
        "cl-too-short" => events.serve(|_req, mut res| async move {
            res.write_head(StatusCode::OK, [("Content-Length", 2)]);
            res.end_with("0123456789")
        }),
        _ => panic!("a new scenario: {name}"),
    }
}

fn with_headers(name: &str, events: &EventLog) -> Server {
    match name {
        "date-off" => events.serve(|_req, mut res| async move {
            res.send_date = false;
            res.end_with("x")
        }),
        "date-custom" => events.serve(|_req, mut res| async move {
            res.set_header("Date", "yesterday");
            res.end_with("x")
        }),
        "header-case-order" => events.serve(|_req, mut res| async move {
            res.set_header("X-FoO", "1");
            res.set_header("a-b", "2");
            res.set_header("X-foo", "3");
            res.end_with("x")
        }),
        "header-array-dup" => events.serve(|_req, mut res| async move {
            res.append_header("X-A", "1");
            res.append_header("x-a", "2");
            res.write_head(StatusCode::OK, [("Content-Length", "1")]);
            res.end_with("x")
        }),
        "set-cookie-array" => events.serve(|_req, mut res| async move {
            res.set_header("Set-Cookie", ["a=1", "b=2"]);
            res.append_header("Set-Cookie", "c=3");
            res.set_header("X-L", ["p", "q"]);
            res.end_with("x")
        }),
        "unique-headers" => events.serve(|_req, mut res| async move {
            res.set_header("X-L", ["p", "q"]);
            res.end_with("x")
        }),
        "conn-close-by-handler" | "shouldkeepalive-false" => {
            events.serve(|_req, mut res| async move {
                res.set_header("Connection", "close");
                res.end_with("x")
            })
        }
        "header-invalid" => events.serve(|_req, mut res| async move {
            res.set_header("x", "a\r\nb");
            res.set_header("x", 1);
            res.end_with("x")
        }),
        // A second write does not compile: `end` takes the response.
        "write-after-end" | "write-after-end-unhandled" => events.serve(x),
        "double-writehead" => events.serve(|_req, mut res| async move {
            res.write_head(StatusCode::OK, [("", ""); 0]);
            res.write_head(StatusCode::CREATED, [("", ""); 0]);
            res.end_with("x")
        }),
        _ => panic!("a new scenario: {name}"),
    }
}

fn informing(name: &str, events: &EventLog) -> Server {
    match name {
        "info-1xx" => events.serve(|_req, mut res| async move {
            res.write_continue();
            res.write_processing();
            res.write_early_hints([
                ("link", "</s.css>; rel=preload; as=style"),
                ("x-trace", "1"),
            ]);
            res.end_with("x")
        }),
        _ => {
            let log = events.clone();
            events.serve(move |_req, mut res| {
                res.write_head(StatusCode::OK, [("", ""); 0]);
                res.write_early_hints([("link", "</a>; rel=preload")]);
                log.log("  writeEarlyHints -> undefined");
                async move { res.end_with("x") }
            })
        }
    }
}

/// Creates the server `big-body-drain`. Node's `write` returns whether there is room; here the future of `write` is
/// ready immediately if there is.
fn big_body(events: &EventLog) -> Server {
    let log = events.clone();
    events.serve(move |_req, mut res| {
        let log = log.clone();
        async move {
            {
                let mut written = pin!(res.write(vec![b'a'; 262_144]));
                let ready = poll_fn(|cx| Poll::Ready(written.as_mut().poll(cx).is_ready())).await;
                log.log(format!("  write -> {ready} needDrain={}", !ready));
                if !ready {
                    written.await?;
                }
                log.log("  drained");
            }
            Ok::<_, Error>(res.end())
        }
    })
}
