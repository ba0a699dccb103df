//! The span of a request, with the names of OpenTelemetry's conventions for HTTP servers.
//!
//! Text from clients is recorded as strings: subscribers that write lines escape strings, but not values that are
//! recorded with `Display`.

use http::uri::Authority;
use http::{Version, header};
use tracing::Span;
use tracing::field::Empty;

use super::query;
use super::trace_parent::{Hex, TraceParent};
use crate::http::{FinishedRequest, Request, ResponseOutcome};
use crate::observe::{method, outcome};

/// The target of the spans, by which filters select them.
const TARGET: &str = "onward::request";

/// Creates the span of a request. Its route, its status and its sizes are recorded when it ends.
pub(super) fn new(req: &Request) -> Span {
    let name = method::name(&req.method);
    let span = tracing::info_span!(
        target: TARGET,
        // An HTTP/2 connection polls handlers inside its own spans.
        parent: None,
        "request",
        otel.name = name,
        otel.kind = "server",
        otel.status_code = Empty,
        otel.status_description = Empty,
        http.request.method = name,
        http.request.method_original = Empty,
        url.scheme = scheme(req),
        url.path = req.url.path(),
        url.query = Empty,
        server.address = Empty,
        server.port = Empty,
        network.protocol.version = protocol_version(req.version),
        network.peer.address = Empty,
        network.peer.port = Empty,
        client.address = Empty,
        user_agent.original = Empty,
        http.route = Empty,
        http.response.status_code = Empty,
        http.request.body.size = Empty,
        http.response.body.size = Empty,
        error.type = Empty,
        trace_id = Empty,
        parent_id = Empty,
        request_id = Empty,
    );
    if !span.is_disabled() {
        record_request(&span, req);
        record_connection(&span, req);
    }
    span
}

fn record_request(span: &Span, req: &Request) {
    if method::name(&req.method) == method::OTHER {
        span.record("http.request.method_original", req.method.as_str());
    }
    if let Some(text) = req.url.query_string() {
        span.record("url.query", &*query::redacted(text));
    }
    let host = req.headers.get(header::HOST);
    if let Some(host) = host.and_then(|host| Authority::try_from(host.as_bytes()).ok()) {
        span.record("server.address", host.host());
        if let Some(port) = host.port_u16() {
            span.record("server.port", i64::from(port));
        }
    }
    if let Some(agent) = req.headers.get(header::USER_AGENT) {
        let agent = String::from_utf8_lossy(agent.as_bytes());
        span.record("user_agent.original", &*agent);
    }
    if let Some(parent) = TraceParent::of(&req.headers) {
        span.record("trace_id", &*Hex(&parent.trace_id).to_string());
        span.record("parent_id", &*Hex(&parent.parent_id).to_string());
    }
}

fn record_connection(span: &Span, req: &Request) {
    let peer = &req.socket.remote_addr;
    if let Some(peer) = peer.socket_addr() {
        span.record("network.peer.address", &*peer.ip().to_string());
        span.record("network.peer.port", i64::from(peer.port()));
    }
    if let Some(client) = req.client_addr() {
        span.record("client.address", &*client.to_string());
    }
}

fn scheme(req: &Request) -> &'static str {
    match req.socket.encrypted() {
        true => "https",
        false => "http",
    }
}

/// Returns the version, without the name of the protocol. `None` is not recorded.
fn protocol_version(version: Version) -> Option<&'static str> {
    match version {
        Version::HTTP_10 => Some("1.0"),
        Version::HTTP_11 => Some("1.1"),
        Version::HTTP_2 => Some("2"),
        _ => None,
    }
}

/// Records how a request ended.
pub(super) fn record_end(span: &Span, finished: &FinishedRequest) {
    if let Some(route) = finished.route {
        let name = method::name(&finished.method);
        span.record("otel.name", &*format!("{name} {route}"));
        span.record("http.route", route);
    }
    if let Some(status) = finished.status {
        span.record("http.response.status_code", i64::from(status.as_u16()));
    }
    span.record("http.request.body.size", size(finished.request_bytes));
    span.record("http.response.body.size", size(finished.response_bytes));
    record_error(span, finished);
}

fn record_error(span: &Span, finished: &FinishedRequest) {
    let status = finished.status.filter(|status| status.is_server_error());
    match (status, finished.outcome) {
        (Some(status), _) => span.record("error.type", status.as_str()),
        (None, ResponseOutcome::Complete) => return,
        (None, outcome) => span.record("error.type", outcome::name(outcome)),
    };
    if status.is_some() || finished.outcome == ResponseOutcome::Aborted {
        span.record("otel.status_code", "ERROR");
        if let Some(cause) = &finished.cause {
            span.record("otel.status_description", cause.as_str());
        }
    }
}

/// Converts a size, because the conventions have no unsigned numbers.
fn size(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
