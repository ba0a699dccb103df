//! Bodies as values: JSON and forms.

use serde_core::de::DeserializeOwned;

use super::Body;
use crate::error::Failure;
use crate::http::request::deserializable::Deserializable;
use crate::http::request::syntax::byte_class::is_token_text;

impl Body {
    /// Reads JSON, and wraps the value in the same future: another future would cost every request a few instructions.
    pub(crate) async fn json_as<T: Deserializable, R>(
        self,
        wrap: impl FnOnce(T) -> R + Send,
    ) -> Result<R, Failure> {
        self.expect_type("JSON, `application/json`", is_json)?;
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map(wrap).map_err(|error| {
            if error.is_data() {
                json_error::<T>(&bytes, &error)
            } else {
                Failure::bad_request(format!("the body is not valid JSON: {error}"))
            }
        })
    }
}

/// Returns whether a type is `application/json`, or has the suffix for JSON (RFC 6839), such as
/// `application/problem+json`.
fn is_json(essence: &[u8]) -> bool {
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

pub(super) fn is_form(essence: &[u8]) -> bool {
    essence == b"application/x-www-form-urlencoded"
}

/// Returns the error for JSON that is valid but does not match `T`. Parses the JSON again to find the place of the
/// error, such as `items[1].price`.
fn json_error<T: DeserializeOwned>(bytes: &[u8], error: &serde_json::Error) -> Failure {
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
