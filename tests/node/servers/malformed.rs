use onward::http::{HeaderValue, Server};
use onward::prelude::*;
use serde_json::{Map, Value, json};

use crate::event_log::EventLog;

/// Creates a server that responds with `x`, and logs the request.
pub(super) fn server(name: &str, events: &EventLog) -> Server {
    let log = events.clone();
    let scenario = name.to_owned();
    let server = events.serve(move |req, res| {
        let raw = req.raw_headers();
        match scenario.as_str() {
            "hdr-15k" => {}
            "hdr-count-150" => log.log(format!("  headers seen {}", raw.len())),
            _ => {
                log.log(format!("  headers={}", headers(&req)));
                let raw: Vec<String> = raw
                    .into_iter()
                    .flat_map(|(name, value)| [name, text(&value)])
                    .collect();
                log.log(format!("  rawHeaders={}", json!(raw)));
            }
        }
        async move { res.end_with("x") }
    });
    match name {
        "host-missing-allowed" => server.require_host_header(false),
        "hdr-431-custom" => server.max_header_size(1024),
        "hdr-count-max3" => server.max_headers(3),
        _ => server,
    }
}

fn headers(req: &Request) -> Value {
    let headers = req
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), Value::String(text(value))));
    Value::Object(headers.collect::<Map<_, _>>())
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// Shortens a line as the recording does.
fn shortened(line: String) -> String {
    match line.len() {
        0..=200 => line,
        length => format!("{}...<{length} chars>", &line[..120]),
    }
}

/// Creates a server that responds with the URL.
pub(super) fn url_server(name: &str, events: &EventLog) -> Server {
    let log = events.clone();
    let server = events.serve(move |req, res| {
        let url = req.url.to_string();
        log.log(shortened(format!("  req.url={}", json!(url))));
        async move { res.end_with(url) }
    });
    match name {
        "url-70k" => server.max_header_size(100_000),
        _ => server,
    }
}
