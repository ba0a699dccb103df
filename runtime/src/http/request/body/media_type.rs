//! The media type of a body, and JSON errors.

use std::sync::Arc;

use http::{HeaderValue, StatusCode};
use serde_core::de::DeserializeOwned;

use super::Body;
use crate::error::Failure;

use crate::http::request::syntax::byte_class::is_token_text;
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

/// Returns whether a type is `application/json`, or has the suffix for JSON (RFC 6839), such as
/// `application/problem+json`.
pub(crate) fn is_json(essence: &[u8]) -> bool {
    essence == b"application/json" || has_json_suffix(essence)
}

fn has_json_suffix(essence: &[u8]) -> bool {
    let text = str::from_utf8(essence).ok();
    let Some((kind, subtype)) = text.and_then(|text| text.split_once('/')) else {
        return false;
    };
    let prefix = subtype.strip_suffix("+json");
    is_token_text(kind) && prefix.is_some_and(is_token_text)
}

pub(crate) fn is_form(essence: &[u8]) -> bool {
    essence == b"application/x-www-form-urlencoded"
}

/// Returns the error for JSON that is valid but does not match `T`. Parses the JSON again to find the place:
/// `items[1].price`.
pub(crate) fn json_error<T: DeserializeOwned>(bytes: &[u8], error: &serde_json::Error) -> Failure {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let again = serde_path_to_error::deserialize::<_, T>(&mut json);
    let parent = again.err().map(|error| error.path().to_string());
    let parent = parent.filter(|path| path != ".");
    let path = match (parent, missing_field(&error.to_string())) {
        (Some(parent), Some(field)) => Some(format!("{parent}.{field}")),
        (None, Some(field)) => Some(field.to_owned()),
        (parent, None) => parent,
    };
    match path {
        Some(path) => {
            let message = format!("invalid JSON body: `{path}`: {error}");
            Failure::bad_request(message).with_field(path)
        }
        None => Failure::bad_request(format!("invalid JSON body: {error}")),
    }
}

/// Returns the name of a field that is missing. The name is not part of the path, because the error concerns the
/// object that lacks the field.
fn missing_field(message: &str) -> Option<&str> {
    let (field, _) = message.strip_prefix("missing field `")?.split_once('`')?;
    Some(field)
}
