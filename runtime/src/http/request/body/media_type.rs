//! The media type of a body.

use std::sync::Arc;

use http::{HeaderValue, StatusCode};

use super::Body;
use crate::error::Failure;

use crate::http::request::{raw_head::RawHead, target_parts::Span};

/// The `content-type` of a request.
pub(crate) enum DeclaredType {
    Whole(HeaderValue),
    /// A range of the request head.
    Part(Arc<RawHead>, Span),
}

impl DeclaredType {
    pub(crate) fn part(raw: &Arc<RawHead>, span: Option<Span>) -> Option<Self> {
        span.map(|span| Self::Part(Arc::clone(raw), span))
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Whole(value) => value.as_bytes(),
            Self::Part(raw, span) => raw.part(*span).trim_ascii(),
        }
    }
}

impl Body {
    pub(crate) fn content_type(&self) -> Option<&[u8]> {
        let declared = self.reader.as_ref()?.content_type.as_ref();
        declared.map(DeclaredType::as_bytes)
    }

    /// Fails if the body has a different type. A body without a type is accepted.
    pub(crate) fn expect_type(&self, expected: &str, is: fn(&[u8]) -> bool) -> Result<(), Failure> {
        let Some(content_type) = self.content_type() else {
            return Ok(());
        };
        // The usual form, lowercase and without parameters, needs no allocation.
        if is(content_type) || is(&essence(content_type)) {
            return Ok(());
        }
        let content_type = String::from_utf8_lossy(content_type);
        Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("unsupported content type `{content_type}`, expected {expected}"),
        ))
    }
}

/// Returns the type without its parameters, in lowercase.
fn essence(content_type: &[u8]) -> Vec<u8> {
    let essence = content_type.split(|&byte| byte == b';').next();
    essence
        .unwrap_or_default()
        .trim_ascii()
        .to_ascii_lowercase()
}
