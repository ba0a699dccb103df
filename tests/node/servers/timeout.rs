use std::future::pending;
use std::time::Duration;

use onward::http::Server;
use onward::prelude::*;

use super::{echo, x};
use crate::event_log::EventLog;

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub(super) fn server(name: &str, events: &EventLog) -> Server {
    match name {
        "headers-timeout" => events
            .serve(x)
            .headers_timeout(ms(300))
            .request_timeout(ms(600)),
        "request-timeout" => events
            .serve(echo)
            .headers_timeout(ms(200))
            .request_timeout(ms(300)),
        "server-timeout" => events.serve(wait).idle_timeout(ms(200)),
        "res-timeout" => {
            let log = events.clone();
            events.serve(move |_req, mut res| {
                let log = log.clone();
                async move {
                    if tokio::time::timeout(ms(150), pending::<()>())
                        .await
                        .is_err()
                    {
                        log.log("  res timeout");
                        res.write_head(StatusCode::SERVICE_UNAVAILABLE, [("", ""); 0]);
                    }
                    res.end_with("late")
                }
            })
        }
        "client-error-listener" => {
            let log = events.clone();
            let server = events.serve(x);
            server.on(event::ClientError, move |error| {
                let raw = String::from_utf8_lossy(error.raw()).into_owned();
                log.log(format!("  clientError rawPacket={raw:?}"));
                error.respond("HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\noops");
            });
            server
        }
        "client-error-passive" => {
            let log = events.clone();
            let server = events.serve(x);
            server.on(event::ClientError, move |_| log.log("  clientError"));
            server
        }
        "client-error-reset" => {
            let log = events.clone();
            let server = events.serve(wait);
            server.on(event::ClientError, move |error| {
                log.log("  clientError");
                error.destroy();
            });
            server
        }
        _ => panic!("a new scenario: {name}"),
    }
}

/// Never responds.
async fn wait(_req: Request, _res: Response) {
    pending().await
}
