// This folder contains `JsonText`, the value of `json!`, and the functions that the macro's expansion calls
// (`private.rs`).
//
// Invariants:
//
// 1. The bytes of a `JsonText` without an error are one JSON value in UTF-8.
// 2. An error never reaches a client: for a text with an error, `Display` writes nothing, and the reply is a 500.
//
// This folder does not depend on HTTP; `reply/` sends a `JsonText`.

//! The JSON text that `json!` creates.

pub mod private;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde_core::ser::Error as _;
use serde_core::{Serialize, Serializer};
use serde_json::value::{RawValue, Value};

/// Builds JSON text from JSON syntax with Rust expressions.
///
/// Apart from the differences below, it accepts the same input as serde_json's `json!`: `null`, `true`, `false`,
/// literals, `[…]`, `{…}`, and as a value any expression whose type implements [`Serialize`]. Keys are string or
/// character literals, or expressions of a type that implements `Into<String>`. The result is a [`JsonText`], not a
/// tree of values. `.await` and `?` work in expressions. Needs the feature `serde`, which is on by default.
/// Node.js: `JSON.stringify({ user, roles: ['admin', null] })`.
///
/// # Arrays
///
/// Square brackets always create an array, even with one element or none. A macro does not receive its own delimiters,
/// so `json!` reads them from the source of the call. If the source is not available (in the output of another
/// procedural macro, or in a `macro_rules!` of a crate whose source is not on the machine that compiles), a single
/// value is used as it is, and several values form an array. `json!(["shoes"])` is an array everywhere.
///
/// # Cost
///
/// JSON without expressions is a constant: it is neither serialized nor allocated, and may be used in a `const`.
/// Otherwise, the constant parts are copied and the expressions are serialized into one buffer, in the order written.
/// Each expression is evaluated once. Values are borrowed, and computed keys are moved.
///
/// # Differences from serde_json
///
/// - Square brackets create an array: `json![x]` is `[x]`, not `x`.
/// - Keys keep the order in which they are written. A literal key that is written twice does not compile; computed keys
///   are not compared.
/// - Numbers have the full range of Rust's types, `u128` and `i128` included, and `0.1_f32` is `0.1`.
/// - A value that cannot be serialized does not panic: see [`JsonText`].
///
/// # Examples
///
/// ```
/// use onward::json;
///
/// let user = "Grace";
/// let text = json!({
///     "user": user,
///     "name length": user.len(),
///     "roles": ["admin", null],
///     (format!("{user}'s")): [1, -2, 3.5],
/// });
/// assert_eq!(
///     text,
///     r#"{"user":"Grace","name length":5,"roles":["admin",null],"Grace's":[1,-2,3.5]}"#
/// );
///
/// assert_eq!(json!["shoes", "cups"], r#"["shoes","cups"]"#);
/// assert_eq!(json!["shoes"], r#"["shoes"]"#);
/// assert_eq!(json![], "[]");
/// assert_eq!(json!("shoes"), r#""shoes""#);
/// ```
pub use onward_macros::json;

/// Serialized JSON, created by [`json!`].
///
/// As a reply, it is sent unchanged, with the content type `application/json`. Inside a [`json!`], and inside anything
/// else that serde_json serializes, it is the JSON value that it contains. Cloning copies no text. Node.js: the string
/// that `JSON.stringify` returns.
///
/// # Equality
///
/// Two `JsonText`s, or a `JsonText` and a `str`, are equal if their bytes are equal. A `JsonText` equals a
/// [`serde_json::Value`] if it parses to that value, regardless of the order of keys. A `JsonText` with an error equals
/// nothing, not even itself.
///
/// # Errors
///
/// - Serializing an expression can fail: JSON has no maps whose keys are lists, and a `Serialize` implementation may
///   return an error. The text is then missing: the methods return the error, and as a reply, it results in a 500.
///
/// # Examples
///
/// ```
/// use onward::json;
/// use std::collections::HashMap;
///
/// let cups = json!({ "cups": 3 });
/// assert_eq!(json![cups, cups], r#"[{"cups":3},{"cups":3}]"#);
///
/// let text = json!({ "b": 1, "a": 2 });
/// assert_eq!(text, r#"{"b":1,"a":2}"#);
/// assert_ne!(text, json!({ "a": 2, "b": 1 }));
/// assert_eq!(text, serde_json::json!({ "a": 2, "b": 1 }));
///
/// let by_point = HashMap::from([([1, 2], "here")]);
/// let error = json!({ "by point": by_point }).to_value().unwrap_err();
/// assert_eq!(error.to_string(), "key must be a string");
/// ```
#[derive(Clone)]
pub struct JsonText {
    /// The text in UTF-8. It comes from string literals and from serde_json.
    text: Result<Bytes, Arc<serde_json::Error>>,
}

impl JsonText {
    /// Returns the text.
    ///
    /// # Errors
    ///
    /// - The serialization error of an expression.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> serde_json::Result<()> {
    /// assert_eq!(onward::json!([1, 2]).as_str()?, "[1,2]");
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_str(&self) -> serde_json::Result<&str> {
        std::str::from_utf8(self.bytes()?).map_err(serde_json::Error::custom)
    }

    /// Returns the text as UTF-8 bytes.
    ///
    /// # Errors
    ///
    /// - The serialization error of an expression.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> serde_json::Result<()> {
    /// assert_eq!(onward::json!([1, 2]).as_bytes()?, b"[1,2]");
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_bytes(&self) -> serde_json::Result<&[u8]> {
        self.bytes().map(Bytes::as_ref)
    }

    /// Converts the text to bytes without copying it.
    ///
    /// # Errors
    ///
    /// - The serialization error of an expression.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> serde_json::Result<()> {
    /// let body: bytes::Bytes = onward::json!([1, 2]).into_bytes()?;
    /// assert_eq!(body, "[1,2]");
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_bytes(self) -> serde_json::Result<Bytes> {
        self.text.map_err(|error| clone_error(&error))
    }

    /// Parses the text into a tree of values.
    ///
    /// # Errors
    ///
    /// - The serialization error of an expression.
    /// - A parse error if values are nested more than 127 levels deep, the limit of serde_json.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> serde_json::Result<()> {
    /// let value = onward::json!({ "cups": [1, 2] }).to_value()?;
    /// assert_eq!(value["cups"][1], 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn to_value(&self) -> serde_json::Result<Value> {
        self.as_str()?.parse()
    }

    fn bytes(&self) -> serde_json::Result<&Bytes> {
        self.text.as_ref().map_err(|error| clone_error(error))
    }
}

/// Returns a new error with the same message, because `serde_json::Error` is not `Clone`.
fn clone_error(error: &serde_json::Error) -> serde_json::Error {
    serde_json::Error::custom(error)
}

/// Writes the text, or nothing if an expression could not be serialized, so that no error text reaches a client.
///
/// # Examples
///
/// ```
/// assert_eq!(format!("data: {}", onward::json!([1, 2])), "data: [1,2]");
/// ```
impl fmt::Display for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str().unwrap_or_default())
    }
}

/// Writes the text in `JsonText(…)`, or the error.
impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Ok(text) => write!(f, "JsonText({text})"),
            Err(error) => f.debug_tuple("JsonText").field(&error).finish(),
        }
    }
}

/// Serializes as the JSON value if the serializer is one of serde_json. Other serializers receive serde_json's raw
/// value.
impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.as_str().map_err(S::Error::custom)?;
        let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// Converts with [`JsonText::to_value`].
///
/// # Examples
///
/// ```
/// # fn main() -> serde_json::Result<()> {
/// let value = serde_json::Value::try_from(onward::json!([1, 2]))?;
/// assert_eq!(value, serde_json::json!([1, 2]));
/// # Ok(())
/// # }
/// ```
impl TryFrom<JsonText> for Value {
    type Error = serde_json::Error;

    fn try_from(text: JsonText) -> serde_json::Result<Self> {
        text.to_value()
    }
}

impl PartialEq for JsonText {
    fn eq(&self, other: &Self) -> bool {
        matches!((&self.text, &other.text), (Ok(text), Ok(other)) if text == other)
    }
}

impl PartialEq<str> for JsonText {
    fn eq(&self, other: &str) -> bool {
        matches!(&self.text, Ok(text) if text == other)
    }
}

impl PartialEq<&str> for JsonText {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<Value> for JsonText {
    fn eq(&self, other: &Value) -> bool {
        self.to_value().is_ok_and(|value| value == *other)
    }
}

impl PartialEq<JsonText> for str {
    fn eq(&self, other: &JsonText) -> bool {
        other == self
    }
}

impl PartialEq<JsonText> for &str {
    fn eq(&self, other: &JsonText) -> bool {
        other == *self
    }
}

impl PartialEq<JsonText> for Value {
    fn eq(&self, other: &JsonText) -> bool {
        other == self
    }
}
