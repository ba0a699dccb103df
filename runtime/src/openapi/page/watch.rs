//! Forwards the events of a server to the page.

use std::time::Duration;

use serde::Serialize;

use crate::http::{FinishedRequest, Server, event};
use crate::live::Live;

#[derive(Serialize)]
struct NewConnection {
    from: String,
}

#[derive(Serialize)]
struct RequestEnd<'a> {
    method: &'a str,
    url: String,
    route: Option<&'a str>,
    status: Option<u16>,
    ms: f64,
    bytes: u64,
    outcome: String,
    cause: Option<&'a str>,
}

#[derive(Serialize)]
struct ErrorText {
    text: String,
}

/// Sends the events of a server to the followers of `live`. Without followers, nothing is serialized.
pub(super) fn watch(server: &Server, live: &Live) {
    let to = live.clone();
    server.on(event::Connection, move |socket| {
        let from = socket.remote_addr.to_string();
        send(&to, "connection", &NewConnection { from });
    });
    let to = live.clone();
    server.on(event::Finish, move |finished| send_request(&to, finished));
    let to = live.clone();
    server.on(event::Error, move |error| {
        let text = error.to_string();
        send(&to, "failure", &ErrorText { text });
    });
}

fn send_request(live: &Live, finished: &FinishedRequest) {
    let end = RequestEnd {
        method: finished.method.as_str(),
        url: finished.url.to_string(),
        route: finished.route,
        status: finished.status.map(|status| status.as_u16()),
        ms: milliseconds(finished.duration),
        bytes: finished.response_bytes,
        outcome: format!("{:?}", finished.outcome),
        cause: finished.cause.as_deref(),
    };
    send(live, "request", &end);
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn send<T: Serialize>(live: &Live, name: &str, data: &T) {
    if live.followers() > 0 {
        // The data contains only text and numbers, so it can be serialized.
        let _ = live.send(name, data);
    }
}
