//! The head of a response as HTTP/2 sends it.

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

use crate::http::headers::list::listed_names;
use crate::http::response::channel::ResponseBody;
use crate::http::response::head::ResponseHead;
use crate::http::response::trailers;

/// Fields that only an HTTP/1 connection has (RFC 9113, 8.2.2).
const OF_CONNECTION: [HeaderName; 6] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::TE,
];

/// The number of headers of a response whose handler sets none: `content-type`, `content-length` and `date`.
const USUAL: usize = 3;

/// The properties of a request on which its response depends.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreamTraits {
    pub(super) is_head: bool,
    /// Whether the client sent `te: trailers`.
    pub(super) accepts_trailers: bool,
}

/// The parts of a response that are sent after its head.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreamPlan {
    /// Whether a body follows the head.
    pub(super) has_body: bool,
    /// Whether trailer fields are sent, if there are any.
    pub(super) has_trailers: bool,
}

impl StreamPlan {
    pub(super) fn new(head: &ResponseHead, request: StreamTraits) -> Self {
        let has_body = head.allows_body() && !request.is_head;
        Self {
            has_body,
            has_trailers: has_body && request.accepts_trailers,
        }
    }
}

/// Creates the head; its body is a placeholder.
pub(super) fn response(
    mut head: ResponseHead,
    body: &ResponseBody,
    plan: StreamPlan,
    date: impl FnOnce() -> HeaderValue,
) -> Response<()> {
    let length = length(&head, body);
    let has_headers = head.headers.has_headers();
    // Most handlers set no headers.
    let mut headers = match has_headers {
        true => std::mem::take(&mut head.headers).into_map(),
        false => HeaderMap::with_capacity(USUAL),
    };
    if let Some(content_type) = head.content_type {
        content_type.set(&mut headers);
    }
    if has_headers {
        remove_fields_of_connection(&mut headers);
        declare_trailers(&mut headers, plan);
    }
    if let Some(length) = length {
        set_missing(&mut headers, header::CONTENT_LENGTH, || length.into());
    }
    if !head.undated {
        set_missing(&mut headers, header::DATE, date);
    }
    let mut response = Response::new(());
    *response.status_mut() = head.status;
    *response.headers_mut() = headers;
    response
}

/// Returns the length of a body, if it is known.
fn length(head: &ResponseHead, body: &ResponseBody) -> Option<u64> {
    match body {
        _ if head.status == StatusCode::RESET_CONTENT => Some(0),
        ResponseBody::Whole(body) if head.allows_body() => Some(body.len() as u64),
        ResponseBody::Whole(_) | ResponseBody::Streaming { .. } => None,
    }
}

// Not inlined, because insertion into a `HeaderMap` compiles to much code.
#[inline(never)]
fn set_missing(headers: &mut HeaderMap, name: HeaderName, value: impl FnOnce() -> HeaderValue) {
    headers.entry(name).or_insert_with(value);
}

/// Removes the fields that HTTP/2 does not have, and those that `connection` names.
#[cold]
fn remove_fields_of_connection(headers: &mut HeaderMap) {
    let named = listed_names(headers, header::CONNECTION);
    for name in named.iter().chain(&OF_CONNECTION) {
        headers.remove(name);
    }
}

/// Restricts the `trailer` header to fields that are sent.
fn declare_trailers(headers: &mut HeaderMap, plan: StreamPlan) {
    if !headers.contains_key(header::TRAILER) {
        return;
    }
    let declared = listed_names(headers, header::TRAILER);
    headers.remove(header::TRAILER);
    if plan.has_trailers {
        for name in declared {
            if trailers::is_allowed(name.as_str().as_bytes()) {
                headers.append(header::TRAILER, name.into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    const PLAN: StreamPlan = StreamPlan {
        has_body: true,
        has_trailers: true,
    };

    fn date() -> HeaderValue {
        HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT")
    }

    fn head(headers: &[(&'static str, &'static str)]) -> ResponseHead {
        let mut head = ResponseHead::default();
        for (name, value) in headers {
            head.headers.append(*name, HeaderValue::from_static(value));
        }
        head
    }

    fn names(headers: &[(&'static str, &'static str)], plan: StreamPlan) -> Vec<String> {
        let body = ResponseBody::Streaming { length: None };
        let response = response(head(headers), &body, plan, date);
        let names = response.headers().iter();
        names
            .map(|(name, value)| format!("{name}: {}", value.to_str().expect("text")))
            .filter(|line| !line.starts_with("date: "))
            .collect()
    }

    #[test]
    fn fields_of_the_connection_are_removed() {
        let headers = [
            ("connection", "close, x-hop"),
            ("connection", "x-other"),
            ("keep-alive", "timeout=5"),
            ("x-hop", "1"),
            ("x-other", "2"),
            ("x-end", "3"),
            ("transfer-encoding", "gzip"),
            ("upgrade", "x"),
        ];
        assert_eq!(names(&headers, PLAN), ["x-end: 3"]);
    }

    #[test]
    fn trailers_that_are_sent_are_declared() {
        let headers = [("trailer", "x-sum, content-length")];
        assert_eq!(names(&headers, PLAN), ["trailer: x-sum"]);
        let plan = StreamPlan {
            has_trailers: false,
            ..PLAN
        };
        assert!(names(&headers, plan).is_empty());
    }

    #[test]
    fn a_known_length_is_declared() {
        let whole = ResponseBody::Whole(Bytes::from_static(b"hello"));
        for (status, length) in [(200, Some("5")), (204, None), (304, None), (205, Some("0"))] {
            let mut head = head(&[]);
            head.status = StatusCode::from_u16(status).expect("a status");
            let response = response(head, &whole, PLAN, date);
            let declared = response.headers().get(header::CONTENT_LENGTH);
            let declared = declared.map(|it| it.to_str().expect("text"));
            assert_eq!(declared, length, "{status}");
            assert!(response.headers().contains_key(header::DATE));
        }
    }

    #[test]
    fn an_undated_response_has_no_date() {
        let head = ResponseHead {
            undated: true,
            ..head(&[])
        };
        let whole = ResponseBody::Whole(Bytes::new());
        let response = response(head, &whole, PLAN, date);
        assert!(!response.headers().contains_key(header::DATE));
    }
}
