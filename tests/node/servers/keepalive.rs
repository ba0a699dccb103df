use std::time::Duration;

use onward::http::Server;

use super::{hello, url, x};
use crate::event_log::EventLog;

pub(super) fn server(name: &str, events: &EventLog) -> Server {
    match name {
        "ka-header" | "http10" | "http10-ka" | "http12" | "http2-line" | "h2-preface"
        | "ka-garbage-after" | "ka-crlf-between" => events.serve(x),
        "pipeline-3" | "pipeline-bad-second" => events.serve(url),
        "http10-stream" | "http10-ka-stream" | "http10-te-chunked" => events.serve(hello),
        "max-requests" | "max-requests-pipelined" => events.serve(x).max_requests_per_socket(2),
        // `keepAliveTimeout = 0` in Node.
        "ka-timeout-0" => events.serve(x).keep_alive_timeout(None::<Duration>),
        "pipeline-out-of-order" => {
            let log = events.clone();
            events.serve(move |req, res| {
                let log = log.clone();
                async move {
                    let url = req.url.to_string();
                    log.log(format!("  request {url}"));
                    if url == "/slow" {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                    res.end_with(url.trim_start_matches('/').to_owned())
                }
            })
        }
        _ => panic!("a new scenario: {name}"),
    }
}
