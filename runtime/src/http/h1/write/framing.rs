//! How a response declares where its body ends, and whether the connection is kept open.

use bytes::Bytes;
use http::{StatusCode, header};

use crate::http::headers::list::lists;
use crate::http::response::channel::ResponseBody;
use crate::http::response::head::ResponseHead;

/// How the end of a response's body is determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseFraming {
    /// The status allows no body, and the response has no length.
    None,
    Length(u64),
    Chunked,
    /// The body ends with the connection, because HTTP/1.0 has no chunked coding.
    UntilClose,
}

/// The properties of a request on which the framing of its response depends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestTraits {
    pub(crate) is_head: bool,
    pub(crate) is_http10: bool,
    /// The client keeps the connection open.
    pub(crate) is_persistent: bool,
    /// The client sent `te: trailers`.
    pub(crate) accepts_trailers: bool,
}

/// How to write a response head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HeadPlan {
    pub(crate) framing: ResponseFraming,
    pub(crate) is_http10: bool,
    /// A body follows the head.
    pub(crate) has_body: bool,
    /// Trailer fields are sent if there are any.
    pub(crate) has_trailers: bool,
    /// No other request is read from the connection.
    pub(crate) closes: bool,
}

impl HeadPlan {
    /// Determines how to write a head. `closes` indicates whether the server closes the connection after this response.
    pub(crate) fn new(
        head: &ResponseHead,
        body: &ResponseBody,
        request: RequestTraits,
        closes: bool,
    ) -> Self {
        let framing = framing(head, body, request);
        let closes = closes
            || !request.is_persistent
            || framing == ResponseFraming::UntilClose
            || head.headers.has_headers() && lists_close(head);
        Self {
            framing,
            is_http10: request.is_http10,
            has_body: !request.is_head && head.allows_body(),
            has_trailers: framing == ResponseFraming::Chunked
                && request.accepts_trailers
                && !request.is_head,
            closes,
        }
    }

    /// Determines how to write a head after which the connection speaks another protocol.
    pub(crate) fn switching() -> Self {
        Self {
            framing: ResponseFraming::None,
            is_http10: false,
            has_body: false,
            has_trailers: false,
            closes: false,
        }
    }
}

fn framing(head: &ResponseHead, body: &ResponseBody, request: RequestTraits) -> ResponseFraming {
    match body {
        _ if head.status == StatusCode::RESET_CONTENT => ResponseFraming::Length(0),
        _ if !head.allows_body() => ResponseFraming::None,
        ResponseBody::Whole(body) => ResponseFraming::Length(body.len() as u64),
        ResponseBody::Streaming {
            length: Some(length),
        } => ResponseFraming::Length(*length),
        ResponseBody::Streaming { length: None } if request.is_http10 => {
            ResponseFraming::UntilClose
        }
        ResponseBody::Streaming { length: None } => ResponseFraming::Chunked,
    }
}

/// Encodes a part of a chunked body. The part must not be empty, because an empty chunk ends the body.
pub(crate) fn encode_chunk(data: &Bytes) -> Bytes {
    let size = format!("{:x}\r\n", data.len());
    [size.as_bytes(), data, b"\r\n"].concat().into()
}

/// Returns whether the handler set `connection: close`.
fn lists_close(head: &ResponseHead) -> bool {
    lists(&head.headers, header::CONNECTION, "close")
}
