use onward::http::Server;
use onward::prelude::*;

use super::{echo, x};
use crate::event_log::EventLog;

pub(super) fn server(name: &str, events: &EventLog) -> Server {
    match name {
        "post-unread-big" | "expect-unknown" | "half-close-sync" => events.serve(x),
        "expect-100-check-accept" => {
            let log = events.clone();
            let server = events.serve(echo);
            // The handler sends the 100 by reading the body.
            server.on(event::CheckContinue, move |request| {
                log.pending("checkContinue", request);
                log.log("  checkContinue");
            });
            server
        }
        "expect-100-check-reject" => {
            let log = events.clone();
            let server = events.serve(echo);
            server.on(event::CheckContinue, move |request| {
                log.pending("checkContinue", request);
                let (_req, mut res) = log.take(request);
                res.write_head(StatusCode::UNAUTHORIZED, [("", ""); 0]);
                res.end_with("no");
            });
            server
        }
        "expect-unknown-check" => {
            let log = events.clone();
            let server = events.serve(x);
            server.on(event::CheckExpectation, move |request| {
                log.pending("checkExpectation", request);
                let (_req, mut res) = log.take(request);
                res.status_code = StatusCode::OK;
                res.end_with("ok");
            });
            server
        }
        "half-close-delayed" | "half-close-allow" => half_closed(events),
        _ => events.serve(echo),
    }
}

/// Creates a server that responds once the client has closed its write side.
fn half_closed(events: &EventLog) -> Server {
    let log = events.clone();
    events.serve(move |_req, res| {
        let log = log.clone();
        async move {
            log.until(|lines| lines.iter().any(|line| line == "socket#1:end"))
                .await;
            res.end_with("x")
        }
    })
}
