use onward::http::Server;
use onward::prelude::*;

use super::x;
use crate::event_log::EventLog;

pub(super) fn server(name: &str, events: &EventLog) -> Server {
    match name {
        "close-active" | "close-all-connections" => {
            let log = events.clone();
            events.serve(move |_req, res| {
                let log = log.clone();
                async move {
                    log.controlled().await;
                    res.end_with("x")
                }
            })
        }
        "connection-listener" => {
            let log = events.clone();
            let server = events.serve(x);
            server.on(event::Connection, move |socket| {
                let addr = socket.remote_addr.socket_addr().unwrap();
                let family = if addr.is_ipv4() { "IPv4" } else { "IPv6" };
                log.log(format!("  user connection listener {family} number"));
            });
            server
        }
        "connection-destroy" => {
            let server = events.serve(x);
            server.on(event::Connection, |socket| socket.destroy());
            server
        }
        "emit-request" => dispatching(events),
        _ => events.serve(x),
    }
}

/// Creates a server that dispatches a request for `/a` to itself, as one for `/b`.
fn dispatching(events: &EventLog) -> Server {
    let server = std::sync::Arc::new(std::sync::OnceLock::<Server>::new());
    let log = events.clone();
    let inside = std::sync::Arc::clone(&server);
    let serving = events.serve(move |mut req, res| {
        let server = inside.get().cloned();
        let log = log.clone();
        async move {
            if req.url == "/a" {
                req.url = Request::get("/b").url;
                log.log("  re-emit -> true");
                server.unwrap().dispatch(req, res).await;
            } else {
                res.end_with(format!("got {}", req.url));
            }
        }
    });
    server.get_or_init(|| serving.clone());
    serving
}
