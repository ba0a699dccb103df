//! The head of a response, and what it declares about the body.

use http::{HeaderValue, StatusCode, header};

use super::content_type::ContentType;
use crate::error::Error;
use crate::http::headers::lazy_map::{self, LazyHeaderMap};

/// Status and headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResponseHead {
    pub(crate) status: StatusCode,
    /// A reason phrase other than the standard one. A `HeaderValue` has just the bytes that a reason phrase may have.
    pub(crate) reason: Option<Box<HeaderValue>>,
    pub(crate) headers: LazyHeaderMap,
    /// The type of the body, unless the headers have one.
    pub(crate) content_type: Option<ContentType>,
    /// Whether the server adds no `date`.
    pub(crate) undated: bool,
}

impl ResponseHead {
    /// Whether a response with this status may have a body.
    pub(crate) fn allows_body(&self) -> bool {
        !matches!(
            self.status,
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
        )
    }

    /// The length that the handler declares. `None` if it sets a transfer coding, which takes precedence.
    #[inline]
    pub(crate) fn declared_length(&mut self) -> Result<Option<u64>, Error> {
        match self.headers.has_headers() {
            true => self.read_declared_length(),
            false => Ok(None),
        }
    }

    /// Whether the handler set a transfer coding.
    pub(crate) fn has_transfer_encoding(&self) -> bool {
        self.headers.has_headers() && self.headers.contains_key(header::TRANSFER_ENCODING)
    }

    fn read_declared_length(&mut self) -> Result<Option<u64>, Error> {
        if !self.allows_body() {
            lazy_map::unset(&mut self.headers, header::TRANSFER_ENCODING);
            if self.status != StatusCode::NOT_MODIFIED {
                lazy_map::unset(&mut self.headers, header::CONTENT_LENGTH);
            }
            return Ok(None);
        }
        if self.has_transfer_encoding() {
            lazy_map::unset(&mut self.headers, header::CONTENT_LENGTH);
            return Ok(None);
        }
        let mut declared = self.headers.get_all(header::CONTENT_LENGTH).iter();
        match (declared.next(), declared.next()) {
            (None, _) => Ok(None),
            (Some(length), None) => parse_length(length).map(Some),
            (Some(_), Some(_)) => Err(internal("the response has more than one content-length")),
        }
    }

    /// The reason phrase, if it is not the standard one.
    pub(crate) fn status_message(&self) -> Option<String> {
        let reason = self.reason.as_ref()?;
        Some(String::from_utf8_lossy(reason.as_bytes()).into_owned())
    }

    /// Moves the type of the body into the headers.
    pub(crate) fn apply_content_type(&mut self) {
        if let Some(content_type) = self.content_type.take() {
            content_type.set(&mut self.headers);
        }
    }

    /// Takes everything but the status, which is copied.
    pub(crate) fn take(&mut self) -> Self {
        let status = self.status;
        let head = std::mem::take(self);
        self.status = status;
        head
    }
}

/// Parses digits and nothing else: `+1` is not a length.
fn parse_length(length: &HeaderValue) -> Result<u64, Error> {
    decimal(length).ok_or_else(|| {
        let length = String::from_utf8_lossy(length.as_bytes());
        internal(format!("the content-length `{length}` is not a number"))
    })
}

fn decimal(length: &HeaderValue) -> Option<u64> {
    let text = length.to_str().ok()?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// The error of a response whose body has another length than its headers declare.
pub(crate) fn length_mismatch(written: u64, declared: u64) -> Error {
    internal(format!(
        "content-length is {declared} but the response body has {written} bytes"
    ))
}

fn internal(what: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}
