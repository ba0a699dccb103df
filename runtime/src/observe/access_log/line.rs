//! The formats of a line.

use std::fmt::Write;
use std::time::SystemTime;

use http::header;

use super::escape::{push_json, push_quoted};
use super::utc::Utc;
use crate::http::FinishedRequest;
use crate::observe::outcome;

#[derive(Clone, Copy, Debug)]
pub(super) enum Format {
    Common,
    Combined,
    Json,
}

impl Format {
    /// Returns the line for a request, including the line feed. It consists of ASCII characters only.
    #[inline]
    pub(super) fn line(self, finished: &FinishedRequest) -> String {
        let received = SystemTime::now().checked_sub(finished.duration);
        let received = Utc::of(received.unwrap_or(SystemTime::UNIX_EPOCH));
        let mut line = String::with_capacity(256);
        match self {
            Self::Common => common(&mut line, finished, &received),
            Self::Combined => {
                common(&mut line, finished, &received);
                for name in [header::REFERER, header::USER_AGENT] {
                    line.push_str(" \"");
                    push_quoted(&mut line, header_value(finished, name).unwrap_or(b"-"));
                    line.push('"');
                }
            }
            Self::Json => json(&mut line, finished, &received),
        }
        line.push('\n');
        line
    }
}

#[inline]
fn header_value(finished: &FinishedRequest, name: header::HeaderName) -> Option<&[u8]> {
    let value = finished.headers.get(name)?;
    Some(value.as_bytes()).filter(|value| !value.is_empty())
}

#[inline]
fn common(line: &mut String, finished: &FinishedRequest, received: &Utc) {
    match finished.client_addr() {
        Some(client) => {
            let _ = write!(line, "{client}");
        }
        None => line.push('-'),
    }
    line.push_str(" - - [");
    received.write_common(line);
    line.push_str("] \"");
    push_quoted(line, finished.method.as_str().as_bytes());
    line.push(' ');
    push_quoted(line, finished.url.to_string().as_bytes());
    let _ = write!(line, " {:?}\" ", finished.version);
    push_number(line, finished.status.map(|status| status.as_u16().into()));
    line.push(' ');
    push_number(line, Some(finished.response_bytes).filter(|&it| it > 0));
}

/// Appends a number, or `-`.
#[inline]
fn push_number(line: &mut String, number: Option<u64>) {
    match number {
        Some(number) => {
            let _ = write!(line, "{number}");
        }
        None => line.push('-'),
    }
}

/// Writes an object. Every line has the same keys, so that the lines form a table.
#[inline]
fn json(line: &mut String, finished: &FinishedRequest, received: &Utc) {
    line.push_str("{\"time\":\"");
    received.write_rfc3339(line);
    line.push('"');
    let client = finished.client_addr().map(|client| client.to_string());
    let milliseconds = |time: std::time::Duration| format!("{:.3}", time.as_secs_f64() * 1000.0);
    string(line, "client", client.as_deref());
    string(line, "method", Some(finished.method.as_str()));
    string(line, "url", Some(&*finished.url.to_string()));
    string(line, "route", finished.route);
    string(line, "version", Some(format!("{:?}", finished.version)));
    let status = finished.status.map(|status| status.as_u16());
    raw(line, "status", status.map(|status| status.to_string()));
    string(line, "outcome", Some(outcome::name(finished.outcome)));
    raw(
        line,
        "request_bytes",
        Some(finished.request_bytes.to_string()),
    );
    raw(
        line,
        "response_bytes",
        Some(finished.response_bytes.to_string()),
    );
    raw(line, "duration_ms", Some(milliseconds(finished.duration)));
    raw(
        line,
        "time_to_head_ms",
        finished.time_to_head.map(milliseconds),
    );
    string(line, "referer", header_value(finished, header::REFERER));
    string(
        line,
        "user_agent",
        header_value(finished, header::USER_AGENT),
    );
    string(line, "request_id", finished.request_id.as_deref());
    string(line, "cause", finished.cause.as_deref());
    line.push('}');
}

#[inline]
fn key(line: &mut String, key: &str) {
    let _ = write!(line, ",\"{key}\":");
}

/// Appends a member whose value is a string, or `null`.
#[inline]
fn string(line: &mut String, name: &str, value: Option<impl AsRef<[u8]>>) {
    key(line, name);
    match value {
        Some(text) => push_json(line, text.as_ref()),
        None => line.push_str("null"),
    }
}

/// Appends a member whose value is a number, or `null`.
#[inline]
fn raw(line: &mut String, name: &str, value: Option<String>) {
    key(line, name);
    line.push_str(value.as_deref().unwrap_or("null"));
}
