//! JSON text, as `json!` makes it.

pub mod private;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, Value};

/// JSON, written as JSON, with Rust expressions in it.
///
/// Takes what serde_json's `json!` takes: `null`, `true`, `false`, literals, `[…]`, `{…}`, and in
/// the place of any value an expression that is [`Serialize`]. Keys are literals, or expressions
/// that are `Into<String>`. The result is always a [`JsonText`]: text, not a tree of values.
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
/// ```
///
/// # Arrays
///
/// In square brackets the macro makes an array, of one element and of none too.
///
/// ```
/// # use onward::json;
/// assert_eq!(json!["shoes", "cups"], r#"["shoes","cups"]"#);
/// assert_eq!(json!["shoes"], r#"["shoes"]"#);
/// assert_eq!(json![], "[]");
/// assert_eq!(json!("shoes"), r#""shoes""#);
/// ```
///
/// A macro must read its own source to see its brackets. Where that is not there (in the output of
/// another procedural macro; in a `macro_rules!` of a crate whose source is not on this machine)
/// one value is that value and several are an array. `json!(["shoes"])` is an array everywhere.
///
/// # Cost
///
/// JSON without expressions is a constant of the program: making it neither serialises nor
/// allocates, and it may stand in a `const`. Otherwise the constant parts are copied and the
/// expressions serialised into one buffer, in the order written and each evaluated once. Values are
/// borrowed and computed keys moved; `.await` and `?` work as anywhere else in the function.
///
/// # Differences from serde_json
///
/// - Square brackets make an array, as above: `json![x]` is `[x]` and not `x`.
/// - Keys stay in the order written. A key that is written twice does not compile; computed keys
///   are not compared.
/// - Numbers are as large as Rust's, `u128` and `i128` included, and `0.1_f32` is `0.1`.
/// - A value that cannot be serialised does not panic: see [`JsonText`].
///
/// In Node: `JSON.stringify({ user, roles: ['admin', null] })`.
pub use onward_macros::json;

/// JSON that is text already. [`json!`] makes it.
///
/// As an answer it is sent as it is, with the content type `application/json`. In a [`json!`], and in
/// everything else that serde_json serialises, it is the JSON that it says.
///
/// ```
/// use onward::json;
///
/// let cups = json!({ "cups": 3 });
/// assert_eq!(json![cups, cups], r#"[{"cups":3},{"cups":3}]"#);
/// ```
///
/// Cloning copies no text.
///
/// # Errors
///
/// Serialising an expression can fail: JSON has no maps with lists for keys, and a `Serialize` of
/// one's own may refuse. Then there is no text. The methods return the error, as an answer it is a
/// 500, and nothing panics.
///
/// ```
/// use onward::json;
/// use std::collections::HashMap;
///
/// let by_point = HashMap::from([([1, 2], "here")]);
/// let error = json!({ "by point": by_point }).to_value().unwrap_err();
/// assert_eq!(error.to_string(), "key must be a string");
/// ```
///
/// # Equality
///
/// Two texts, and a text and a `str`, are equal when they are so letter for letter. A text equals a
/// [`serde_json::Value`] when it says the same, in whatever order. Without text, nothing is equal.
///
/// ```
/// use onward::json;
///
/// let text = json!({ "b": 1, "a": 2 });
/// assert_eq!(text, r#"{"b":1,"a":2}"#);
/// assert_ne!(text, json!({ "a": 2, "b": 1 }));
/// assert_eq!(text, serde_json::json!({ "a": 2, "b": 1 }));
/// ```
#[derive(Clone)]
pub struct JsonText {
    /// The bytes are UTF-8: they come from string literals and from serde_json.
    text: Result<Bytes, Arc<serde_json::Error>>,
}

impl JsonText {
    /// The text.
    ///
    /// # Errors
    ///
    /// When an expression could not be serialised.
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

    /// The text as bytes, which are UTF-8.
    ///
    /// # Errors
    ///
    /// When an expression could not be serialised.
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

    /// The text as bytes, without a copy.
    ///
    /// # Errors
    ///
    /// When an expression could not be serialised.
    ///
    /// ```
    /// # fn main() -> serde_json::Result<()> {
    /// let body: bytes::Bytes = onward::json!([1, 2]).into_bytes()?;
    /// assert_eq!(body, "[1,2]");
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_bytes(self) -> serde_json::Result<Bytes> {
        self.text.map_err(|error| copy(&error))
    }

    /// Reads the text back, into a tree of values.
    ///
    /// # Errors
    ///
    /// When an expression could not be serialised, or when it serialised to what serde_json does not
    /// read: values nested more than 127 deep.
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
        self.text.as_ref().map_err(|error| copy(error))
    }
}

/// serde_json's errors are not `Clone`.
fn copy(error: &serde_json::Error) -> serde_json::Error {
    serde_json::Error::custom(error)
}

/// The text. Without one, because an expression could not be serialised, nothing: that is no JSON
/// to whoever reads it, and tells a client nothing about the server.
///
/// ```
/// assert_eq!(format!("data: {}", onward::json!([1, 2])), "data: [1,2]");
/// ```
impl fmt::Display for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str().unwrap_or_default())
    }
}

/// The text in `JsonText(…)`, or the error.
impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Ok(text) => write!(f, "JsonText({text})"),
            Err(error) => f.debug_tuple("JsonText").field(&error).finish(),
        }
    }
}

/// With serde_json, the JSON that the text says. Other formats are given serde_json's raw value.
impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.as_str().map_err(S::Error::custom)?;
        let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// The same as [`JsonText::to_value`].
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
