//! Writes heads, bodies, chunks, trailers and interim responses into a buffer.
//!
//! Small writes are coalesced and sent together at the end of a poll, so the responses to a batch of pipelined requests
//! take one system call. A long body is sent without being copied.

use std::io::IoSlice;

use bytes::{Buf, Bytes};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::date::DateLine;
use super::framing::{HeadPlan, ResponseFraming};
use crate::http::h1::buffer::Buffer;
use crate::http::headers::list::elements;
use crate::http::request::syntax::byte_class::are_token;
use crate::http::response::content_type::{self, ContentType};
use crate::http::response::head::ResponseHead;
use crate::http::response::interim::InterimResponse;
use crate::http::response::trailers;

/// The maximum number of bytes that are coalesced. A body that would exceed it is not copied.
const MAX_COALESCED: usize = 16 * 1024;

#[derive(Debug, Default)]
pub(crate) struct ResponseWriter {
    coalesced: Buffer,
    /// A body that is sent after `coalesced` without being copied.
    long: Bytes,
    /// The bytes that follow the long body.
    after: Buffer,
    date: DateLine,
}

impl ResponseWriter {
    pub(crate) fn is_empty(&self) -> bool {
        self.coalesced.is_empty() && self.long.is_empty()
    }

    /// Returns whether the output should be sent before more is written.
    pub(crate) fn is_full(&self) -> bool {
        let len = self.coalesced.rest().len() + self.after.rest().len();
        !self.long.is_empty() || len > MAX_COALESCED
    }

    /// Returns the output, if it is contiguous.
    pub(crate) fn single(&self) -> Option<&[u8]> {
        self.long.is_empty().then(|| self.coalesced.rest())
    }

    /// Returns the output in order.
    pub(crate) fn pieces(&self) -> [IoSlice<'_>; 3] {
        [
            IoSlice::new(self.coalesced.rest()),
            IoSlice::new(&self.long),
            IoSlice::new(self.after.rest()),
        ]
    }

    /// Removes bytes that were sent.
    pub(crate) fn advance(&mut self, sent: usize) {
        let coalesced = self.coalesced.rest().len().min(sent);
        self.coalesced.advance(coalesced);
        if sent > coalesced {
            self.advance_long(sent - coalesced);
        }
    }

    fn advance_long(&mut self, sent: usize) {
        let long = self.long.len().min(sent);
        self.long.advance(long);
        if self.long.is_empty() {
            // Releases the memory of the body.
            self.long = Bytes::new();
            std::mem::swap(&mut self.coalesced, &mut self.after);
            self.coalesced.advance(sent - long);
        }
    }

    /// Makes the next response read the clock for its `date`.
    #[inline]
    pub(crate) fn expire_date(&mut self) {
        self.date.expire();
    }

    /// Writes raw bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.push_all(&[bytes]);
    }

    fn push_all(&mut self, parts: &[&[u8]]) {
        match self.long.is_empty() {
            true => self.coalesced.push_all(parts),
            false => self.after.push_all(parts),
        }
    }

    /// Writes the head of a response and its whole body.
    pub(crate) fn write_whole(&mut self, head: &ResponseHead, plan: &HeadPlan, body: Bytes) {
        let is_usual = head.status == StatusCode::OK
            && head.reason.is_none()
            && !head.headers.has_headers()
            && !head.undated
            && !plan.is_http10
            && !plan.closes
            && plan.has_body
            && self.has_room(body.len());
        if is_usual {
            return self.write_usual(head.content_type, &body);
        }
        self.write_head(head, plan);
        if plan.has_body {
            self.write_data(body);
        }
    }

    /// Writes the most common response: a 200 to which the handler has added no headers.
    fn write_usual(&mut self, content_type: Option<ContentType>, body: &[u8]) {
        let beginning = content_type.map_or(content_type::UNTYPED, ContentType::beginning);
        let mut length = itoa::Buffer::new();
        let length = length.format(body.len());
        self.coalesced.push_all(&[
            beginning.as_bytes(),
            length.as_bytes(),
            b"\r\n",
            self.date.get(),
            b"\r\n",
            body,
        ]);
    }

    /// Writes the head of a response.
    pub(crate) fn write_head(&mut self, head: &ResponseHead, plan: &HeadPlan) {
        self.write_status_line(head, plan);
        if let Some(content_type) = head.content_type {
            self.push(content_type.line().as_bytes());
        }
        if head.headers.has_headers() {
            self.write_headers(head, plan);
        }
        self.write_framing(head, plan);
        if plan.closes {
            self.push(b"connection: close\r\n");
        } else if plan.is_http10 {
            self.push(b"connection: keep-alive\r\n");
        }
        let has_date = head.headers.has_headers() && head.headers.contains_key(header::DATE);
        if !head.undated && !has_date {
            let output = match self.long.is_empty() {
                true => &mut self.coalesced,
                false => &mut self.after,
            };
            output.push(self.date.get());
        }
        self.push(b"\r\n");
    }

    fn write_status_line(&mut self, head: &ResponseHead, plan: &HeadPlan) {
        let version: &[u8] = match plan.is_http10 {
            true => b"HTTP/1.0 ",
            false => b"HTTP/1.1 ",
        };
        let reason = match &head.reason {
            Some(reason) => reason.as_bytes(),
            None => reason_phrase(head.status),
        };
        let status = head.status.as_str().as_bytes();
        self.push_all(&[version, status, b" ", reason, b"\r\n"]);
    }

    /// Writes the handler's headers, except those that the plan determines: `transfer-encoding`, `trailer` and, in some
    /// cases, `connection`.
    fn write_headers(&mut self, head: &ResponseHead, plan: &HeadPlan) {
        for (name, value) in head.headers.iter() {
            match *name {
                header::TRANSFER_ENCODING => {}
                header::CONNECTION if plan.closes || plan.is_http10 => {}
                header::TRAILER => {}
                _ => self.write_field(name, value),
            }
        }
        if plan.has_trailers && head.headers.contains_key(header::TRAILER) {
            self.write_trailer_names(head);
        }
    }

    #[inline(never)]
    fn write_field(&mut self, name: &HeaderName, value: &HeaderValue) {
        self.push_all(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"]);
    }

    /// Writes the `trailer` header, without fields that are not sent.
    #[cold]
    fn write_trailer_names(&mut self, head: &ResponseHead) {
        let mut separator: &[u8] = b"trailer: ";
        for value in head.headers.get_all(header::TRAILER) {
            for name in elements(value.as_bytes()) {
                if are_token(name) && trailers::is_allowed(name) {
                    self.push_all(&[separator, name]);
                    separator = b", ";
                }
            }
        }
        if separator == b", " {
            self.push(b"\r\n");
        }
    }

    fn write_framing(&mut self, head: &ResponseHead, plan: &HeadPlan) {
        match plan.framing {
            ResponseFraming::Length(length) if !declares_length(head) => {
                let mut number = itoa::Buffer::new();
                let number = number.format(length);
                self.push_all(&[b"content-length: ", number.as_bytes(), b"\r\n"]);
            }
            ResponseFraming::Chunked => {
                self.push(b"transfer-encoding: ");
                self.write_codings(head);
                self.push(b"chunked\r\n");
            }
            ResponseFraming::Length(_) | ResponseFraming::UntilClose | ResponseFraming::None => {}
        }
    }

    /// Writes the transfer codings that the handler applied; `chunked` follows.
    fn write_codings(&mut self, head: &ResponseHead) {
        if !head.has_transfer_encoding() {
            return;
        }
        for value in head.headers.get_all(header::TRANSFER_ENCODING) {
            for coding in elements(value.as_bytes()) {
                if !coding.eq_ignore_ascii_case(b"chunked") {
                    self.push_all(&[coding, b", "]);
                }
            }
        }
    }

    /// Writes a part of a body, without the chunked coding.
    pub(crate) fn write_data(&mut self, data: Bytes) {
        if self.has_room(data.len()) || !self.long.is_empty() {
            self.push(&data);
        } else {
            self.long = data;
        }
    }

    /// Writes a chunk. An empty chunk is omitted, because it would end the body.
    pub(crate) fn write_chunk(&mut self, data: Bytes) {
        if data.is_empty() {
            return;
        }
        let mut size = [0; 16];
        self.push_all(&[hexadecimal(data.len(), &mut size), b"\r\n"]);
        self.write_data(data);
        self.push(b"\r\n");
    }

    /// Ends a chunked body.
    pub(crate) fn write_last_chunk(&mut self, trailers: Option<&HeaderMap>) {
        self.push(b"0\r\n");
        for (name, value) in trailers.into_iter().flatten() {
            if trailers::is_allowed(name.as_str().as_bytes()) {
                self.write_field(name, value);
            }
        }
        self.push(b"\r\n");
    }

    #[cold]
    pub(crate) fn write_interim(&mut self, interim: &InterimResponse) {
        let status = interim.status;
        let line = [
            b"HTTP/1.1 ",
            status.as_str().as_bytes(),
            b" ",
            reason_phrase(status),
        ];
        self.push_all(&line);
        self.push(b"\r\n");
        for (name, value) in interim.headers.iter() {
            if !is_of_final_response(name) {
                self.write_field(name, value);
            }
        }
        self.push(b"\r\n");
    }

    /// Returns whether this many bytes can be coalesced with the output.
    fn has_room(&self, bytes: usize) -> bool {
        self.long.is_empty() && self.coalesced.rest().len() + bytes <= MAX_COALESCED
    }

    /// Releases memory of an idle connection.
    pub(crate) fn shrink(&mut self) {
        self.coalesced.shrink();
        self.after.shrink();
    }
}

/// Returns whether this header must not be in an interim response, which has no body and does not affect the
/// connection (RFC 9110, 8.6; RFC 9112, 6.1).
fn is_of_final_response(name: &HeaderName) -> bool {
    const FIELDS: [HeaderName; 5] = [
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
        header::TRAILER,
        header::UPGRADE,
    ];
    FIELDS.contains(name) || name == "keep-alive"
}

/// Returns the standard reason phrase, or Node's if the status has none.
fn reason_phrase(status: StatusCode) -> &'static [u8] {
    status.canonical_reason().unwrap_or("unknown").as_bytes()
}

fn declares_length(head: &ResponseHead) -> bool {
    head.headers.has_headers() && head.headers.contains_key(header::CONTENT_LENGTH)
}

fn hexadecimal(mut number: usize, digits: &mut [u8; 16]) -> &[u8] {
    let mut start = digits.len();
    while number > 0 {
        start -= 1;
        digits[start] = b"0123456789abcdef"[number % 16];
        number /= 16;
    }
    &digits[start..]
}
