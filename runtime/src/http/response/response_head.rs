//! The head of an answer, and what it says of the body.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use hyper::ext::ReasonPhrase;

use crate::error::Error;
use crate::http::exchange::outgoing::Outgoing;
use crate::http::h1::outbound::Untold;
use crate::http::headers::map::{self, Map};
use crate::http::response::content_type::ContentType;

/// Status and headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    /// In place of the standard's words for the status.
    pub(crate) reason: Option<Box<ReasonPhrase>>,
    pub(crate) headers: Map,
    /// The type of the body, if the headers do not say it.
    pub(crate) content_type: Option<ContentType>,
    /// It goes out without `date`.
    pub(crate) undated: bool,
}

impl Head {
    /// Whether an answer with this status may have a body.
    pub(crate) fn has_body(&self) -> bool {
        !matches!(
            self.status,
            StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
        )
    }

    /// The length that the handler says the body has. What it says of the encoding comes first, and then there is none.
    #[inline]
    pub(crate) fn length(&mut self) -> Result<Option<u64>, Error> {
        match self.headers.is_none() {
            true => Ok(None),
            false => self.said_length(),
        }
    }

    /// Whether the handler says how the body is encoded for its way.
    pub(crate) fn is_encoded(&self) -> bool {
        !self.headers.is_none() && self.headers.contains_key(header::TRANSFER_ENCODING)
    }

    fn said_length(&mut self) -> Result<Option<u64>, Error> {
        if !self.has_body() {
            map::unset(&mut self.headers, header::TRANSFER_ENCODING);
            if self.status == StatusCode::NO_CONTENT {
                map::unset(&mut self.headers, header::CONTENT_LENGTH);
            }
            return Ok(None);
        }
        if self.is_encoded() {
            map::unset(&mut self.headers, header::CONTENT_LENGTH);
            return Ok(None);
        }
        let mut said = self.headers.get_all(header::CONTENT_LENGTH).iter();
        match (said.next(), said.next()) {
            (None, _) => Ok(None),
            (Some(length), None) => number(length).map(Some),
            (Some(_), Some(_)) => Err(internal("the answer has more than one content-length")),
        }
    }

    /// What stands in place of the standard's words for the status.
    pub(crate) fn message(&self) -> Option<String> {
        let reason = self.reason.as_ref()?;
        Some(String::from_utf8_lossy(reason.as_bytes()).into_owned())
    }

    /// Puts the type of the body among the headers.
    pub(crate) fn tell_type(&mut self) {
        if let Some(content_type) = self.content_type.take() {
            content_type.set(&mut self.headers);
        }
    }

    /// What hyper is not to know of it, and of its `body`.
    #[inline]
    pub(crate) fn untold(&mut self, body: Bytes) -> Untold {
        if !self.headers.is_none() {
            self.tell_apart(&body);
        }
        Untold {
            content_type: self.content_type.take(),
            undated: self.undated,
            body,
        }
    }

    /// What the handler says of the length is said apart; its date stays.
    #[cold]
    fn tell_apart(&mut self, body: &Bytes) {
        if !body.is_empty() {
            map::unset(&mut self.headers, header::CONTENT_LENGTH);
        }
        self.undated &= !self.headers.contains_key(header::DATE);
    }

    /// All of it; the status stays.
    pub(crate) fn take(&mut self) -> Self {
        let status = self.status;
        let head = std::mem::take(self);
        self.status = status;
        head
    }

    /// What hyper is to know of it.
    #[inline]
    pub(crate) fn response(mut self, body: Outgoing) -> hyper::Response<Outgoing> {
        const UNKNOWN: ReasonPhrase = ReasonPhrase::from_static(b"unknown");
        let mut response = hyper::Response::new(body);
        *response.status_mut() = self.status;
        self.headers.give(response.headers_mut());
        if let Some(reason) = self.reason.take() {
            response.extensions_mut().insert(*reason);
        } else if self.status.canonical_reason().is_none() {
            response.extensions_mut().insert(UNKNOWN);
        }
        response
    }
}

/// Names the fields that go behind the body: hyper sends no others there.
pub(crate) fn announce(headers: &mut HeaderMap, trailers: &HeaderMap) {
    for name in trailers.keys() {
        let named = headers.get_all(header::TRAILER).iter().any(|names| {
            let names = names.to_str().unwrap_or_default().split(',');
            names
                .into_iter()
                .any(|named| named.trim().eq_ignore_ascii_case(name.as_str()))
        });
        if !named {
            headers.append(header::TRAILER, HeaderValue::from(name.clone()));
        }
    }
}

/// Digits and nothing else: `+1` is no length.
fn number(length: &HeaderValue) -> Result<u64, Error> {
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

/// The error of an answer whose body has another length than it says.
pub(crate) fn untrue(written: u64, said: u64) -> Error {
    internal(format!(
        "the content-length of an answer is {said}, and its body has {written} bytes"
    ))
}

fn internal(what: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}
