//! Bodies as values: JSON and forms.

use std::future::Future;

use serde_core::de::DeserializeOwned;

use super::Body;
use crate::error::Failure;
use crate::http::request::deserializable::Deserializable;
use crate::http::request::query;
use crate::http::request::syntax::byte_class::is_token_text;

impl Body {
    /// Reads the whole body and deserializes it as JSON.
    ///
    /// Node.js: no counterpart; Express: `express.json()`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the body is not JSON or is not a valid `T`. The message states the reason and the place.
    /// - `415 Unsupported Media Type` if the `content-type` is not JSON. A request without one is accepted.
    /// - The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").json(&["shoes", "cups"]);
    /// assert_eq!(req.body.json::<Vec<String>>().await?, ["shoes", "cups"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Invalid JSON:
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let req = Request::post("/").body("[1, 2,]");
    /// let error = req.body.json::<Vec<u8>>().await.unwrap_err();
    /// assert_eq!(error.message(), "the body is not valid JSON: trailing comma at line 1 column 7");
    /// # }
    /// ```
    pub fn json<T: Deserializable>(self) -> impl Future<Output = Result<T, Failure>> + Send {
        self.json_as(|value| value)
    }

    /// Reads the whole body and deserializes it as an HTML form (`application/x-www-form-urlencoded`).
    ///
    /// `T` is a struct or a map. Node.js: no counterpart; Express: `express.urlencoded()`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the form is not a valid `T`.
    /// - `415 Unsupported Media Type` if the `content-type` is not a form. A request without one is accepted.
    /// - The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::collections::HashMap;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body("name=tea+cup&price=3");
    /// let form = req.body.form::<HashMap<String, String>>().await?;
    /// assert_eq!(form["name"], "tea cup");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn form<T: Deserializable>(self) -> Result<T, Failure> {
        self.expect_type("a form, `application/x-www-form-urlencoded`", is_form)?;
        query::form(&self.bytes().await?)
    }

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

fn is_form(essence: &[u8]) -> bool {
    essence == b"application/x-www-form-urlencoded"
}

/// Returns the error for JSON that is valid but does not match `T`. Parses the JSON again to find the place:
/// `items[1].price`.
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
