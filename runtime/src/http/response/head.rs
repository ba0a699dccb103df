//! The head of a response, and its declarations about the body.

use http::{HeaderValue, StatusCode, header};

use super::content_type::ContentType;
use crate::error::Error;
use crate::http::headers::lazy_map::{self, LazyHeaderMap};
use crate::http::request::syntax::byte_class::are_token;

/// The status line and headers of a response.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResponseHead {
    pub(crate) status: StatusCode,
    /// A reason phrase other than the standard one. A `HeaderValue` may contain exactly the bytes that a reason
    /// phrase may contain.
    pub(crate) reason: Option<Box<HeaderValue>>,
    pub(crate) headers: LazyHeaderMap,
    /// The type of the body, unless the headers contain one.
    pub(crate) content_type: Option<ContentType>,
    /// Whether the server adds no `date`.
    pub(crate) undated: bool,
}

impl ResponseHead {
    /// Returns whether a response with this status may have a body.
    pub(crate) fn allows_body(&self) -> bool {
        !matches!(
            self.status,
            StatusCode::NO_CONTENT
                | StatusCode::RESET_CONTENT
                | StatusCode::NOT_MODIFIED
                | StatusCode::SWITCHING_PROTOCOLS
        )
    }

    /// Returns the length that the handler declares, or `None` if it declares none, if it sets a transfer coding, which
    /// takes precedence, or if the status allows no body. Removes a `content-length` or `transfer-encoding` that does
    /// not apply.
    #[inline]
    pub(crate) fn declared_length(&mut self) -> Result<Option<u64>, Error> {
        match self.headers.has_headers() {
            true => self.read_declared_length(),
            false => Ok(None),
        }
    }

    /// Returns whether the handler set a transfer coding.
    pub(crate) fn has_transfer_encoding(&self) -> bool {
        self.headers.has_headers() && self.headers.contains_key(header::TRANSFER_ENCODING)
    }

    fn read_declared_length(&mut self) -> Result<Option<u64>, Error> {
        if !self.allows_body() {
            lazy_map::unset(&mut self.headers, header::TRANSFER_ENCODING);
            if self.status == StatusCode::NOT_MODIFIED {
                // A 304 may declare the length of a body that is not sent.
                return self.content_length().map(|_| None);
            }
            lazy_map::unset(&mut self.headers, header::CONTENT_LENGTH);
            return Ok(None);
        }
        if self.has_transfer_encoding() {
            lazy_map::unset(&mut self.headers, header::CONTENT_LENGTH);
            return self.check_transfer_encoding().map(|()| None);
        }
        self.content_length()
    }

    /// Checks the syntax of the transfer codings: a client that cannot parse them cannot find the end of the body.
    #[cold]
    fn check_transfer_encoding(&self) -> Result<(), Error> {
        for value in self.headers.get_all(header::TRANSFER_ENCODING) {
            let codings = value.as_bytes().split(|&byte| byte == b',');
            let mut codings = codings.map(<[u8]>::trim_ascii);
            if !codings.all(|coding| coding.is_empty() || is_coding(coding)) {
                let value = String::from_utf8_lossy(value.as_bytes());
                return Err(internal(format!("invalid transfer-encoding `{value}`")));
            }
        }
        Ok(())
    }

    fn content_length(&self) -> Result<Option<u64>, Error> {
        let mut declared = self.headers.get_all(header::CONTENT_LENGTH).iter();
        match (declared.next(), declared.next()) {
            (None, _) => Ok(None),
            (Some(length), None) => parse_length(length).map(Some),
            (Some(_), Some(_)) => Err(internal("the response has more than one content-length")),
        }
    }

    /// Returns the reason phrase, if it is not the standard one.
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

/// Returns whether a coding is a token, optionally followed by parameters; `chunked` must not have any.
fn is_coding(coding: &[u8]) -> bool {
    let is_token = |text: &[u8]| are_token(text.trim_ascii());
    let mut parts = coding.split(|&byte| byte == b';');
    let name = parts.next().unwrap_or_default();
    let mut has_parameters = false;
    let are_parameters = parts.all(|parameter| {
        has_parameters = true;
        let mut sides = parameter.splitn(2, |&byte| byte == b'=');
        sides.next().is_some_and(is_token) && sides.next().is_some_and(is_token)
    });
    let is_chunked = name.trim_ascii().eq_ignore_ascii_case(b"chunked");
    is_token(name) && are_parameters && !(is_chunked && has_parameters)
}

/// Parses digits and nothing else: `+1` is not a length.
fn parse_length(length: &HeaderValue) -> Result<u64, Error> {
    decimal(length).ok_or_else(|| {
        let length = String::from_utf8_lossy(length.as_bytes());
        internal(format!("invalid content-length `{length}`"))
    })
}

/// Parses a number up to `i64::MAX`: no body has more bytes, and clients differ in how they read larger numbers.
fn decimal(length: &HeaderValue) -> Option<u64> {
    let text = length.to_str().ok()?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let length: i64 = if digits {
        text.parse().ok()?
    } else {
        return None;
    };
    u64::try_from(length).ok()
}

/// Creates the error of a response whose body does not have the length that its headers declare.
pub(crate) fn length_mismatch(written: u64, declared: u64) -> Error {
    internal(format!(
        "content-length is {declared} but the response body has {written} bytes"
    ))
}

fn internal(what: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName};

    use super::*;

    fn declared_length(
        status: StatusCode,
        headers: &[(HeaderName, &'static str)],
    ) -> Result<Option<u64>, StatusCode> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, HeaderValue::from_static(value));
        }
        let mut head = ResponseHead {
            status,
            headers: map.into(),
            ..ResponseHead::default()
        };
        head.declared_length().map_err(|error| error.status())
    }

    #[test]
    fn a_length_that_cannot_be_read_is_an_error_even_without_a_body() {
        let bad = Err(StatusCode::INTERNAL_SERVER_ERROR);
        let length = header::CONTENT_LENGTH;
        for status in [StatusCode::OK, StatusCode::NOT_MODIFIED] {
            for value in ["abc", "+5", "5, 5", "9223372036854775808"] {
                assert_eq!(declared_length(status, &[(length.clone(), value)]), bad);
            }
            let two = [(length.clone(), "5"), (length.clone(), "5")];
            assert_eq!(declared_length(status, &two), bad);
        }
        let one = [(length.clone(), "5")];
        assert_eq!(declared_length(StatusCode::OK, &one), Ok(Some(5)));
        assert_eq!(declared_length(StatusCode::NOT_MODIFIED, &one), Ok(None));
        assert_eq!(declared_length(StatusCode::NO_CONTENT, &one), Ok(None));
    }

    #[test]
    fn a_transfer_coding_is_a_token() {
        let bad = Err(StatusCode::INTERNAL_SERVER_ERROR);
        let codings =
            |value| declared_length(StatusCode::OK, &[(header::TRANSFER_ENCODING, value)]);
        for value in ["", "chunked", "gzip, Chunked", "a;b=c, chunked", ",gzip ,"] {
            assert_eq!(codings(value), Ok(None), "{value}");
        }
        for value in ["a b", "\"chunked", "chunked;q=1", "gzip;", "gzip;q"] {
            assert_eq!(codings(value), bad, "{value}");
        }
    }
}
