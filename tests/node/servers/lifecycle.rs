use onward::http::Server;
use onward::prelude::*;

use super::x;
use crate::told::Told;

pub(super) fn server(name: &str, told: &Told) -> Server {
    match name {
        "close-active" | "close-all-connections" => {
            let log = told.clone();
            told.serve(move |_req, res| {
                let log = log.clone();
                async move {
                    log.done().await;
                    res.end_with("x")
                }
            })
        }
        "connection-listener" => {
            let log = told.clone();
            let server = told.serve(x);
            server.on(event::Connection, move |socket| {
                let addr = socket.remote_addr.socket_addr().unwrap();
                let family = if addr.is_ipv4() { "IPv4" } else { "IPv6" };
                log.log(format!("  user connection listener {family} number"));
            });
            server
        }
        "connection-destroy" => {
            let server = told.serve(x);
            server.on(event::Connection, |socket| socket.destroy());
            server
        }
        "emit-request" => dispatching(told),
        _ => told.serve(x),
    }
}

/// Hands a request on to the server it came from.
fn dispatching(told: &Told) -> Server {
    let server = std::sync::Arc::new(std::sync::OnceLock::<Server>::new());
    let log = told.clone();
    let inside = std::sync::Arc::clone(&server);
    let serving = told.serve(move |mut req, res| {
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
