use onward::http::Server;
use onward::prelude::*;

use super::{echo, x};
use crate::told::Told;

pub(super) fn server(name: &str, told: &Told) -> Server {
    match name {
        "post-unread-big" | "expect-unknown" | "half-close-sync" => told.serve(x),
        "expect-100-check-accept" => {
            let log = told.clone();
            let server = told.serve(echo);
            // It is left to the handler, which sends the 100 by reading.
            server.on(event::CheckContinue, move |offer| {
                log.offered("checkContinue", offer);
                log.log("  checkContinue");
            });
            server
        }
        "expect-100-check-reject" => {
            let log = told.clone();
            let server = told.serve(echo);
            server.on(event::CheckContinue, move |offer| {
                log.offered("checkContinue", offer);
                let (_req, mut res) = log.taken(offer);
                res.write_head(StatusCode::UNAUTHORIZED, [("", ""); 0]);
                res.end_with("no");
            });
            server
        }
        "expect-unknown-check" => {
            let log = told.clone();
            let server = told.serve(x);
            server.on(event::CheckExpectation, move |offer| {
                log.offered("checkExpectation", offer);
                let (_req, mut res) = log.taken(offer);
                res.status_code = StatusCode::OK;
                res.end_with("ok");
            });
            server
        }
        "half-close-delayed" | "half-close-allow" => half_closed(told),
        _ => told.serve(echo),
    }
}

/// Answers when the client has said that it sends no more.
fn half_closed(told: &Told) -> Server {
    let log = told.clone();
    told.serve(move |_req, res| {
        let log = log.clone();
        async move {
            log.until(|lines| lines.iter().any(|line| line == "socket#1:end"))
                .await;
            res.end_with("x")
        }
    })
}
