//! The items that the expansion of `json!` uses.

use bytes::Bytes;
use serde_core::Serialize;

use super::JsonText;

/// Returns JSON without expressions, as written.
pub const fn text(text: &'static str) -> JsonText {
    JsonText {
        text: Ok(Bytes::from_static(text.as_bytes())),
    }
}

/// A writer that concatenates the constant and computed parts of the text, in the order written.
#[derive(Debug)]
pub struct Writer {
    /// The text so far. After an error, later expressions are still evaluated, but nothing is written.
    text: serde_json::Result<Vec<u8>>,
}

impl Writer {
    /// Creates a writer. `known` is the length of all constant parts. The capacity added to it is enough for most
    /// computed parts, so that the text is usually allocated once.
    pub fn new(known: usize) -> Self {
        Self {
            text: Ok(Vec::with_capacity(known + 64)),
        }
    }

    /// Writes a constant part.
    pub fn text(&mut self, piece: &'static str) {
        if let Ok(text) = &mut self.text {
            text.extend_from_slice(piece.as_bytes());
        }
    }

    /// Writes a computed key.
    pub fn key(&mut self, key: impl JsonKey) {
        self.value(&key.into_key());
    }

    /// Writes the value of an expression.
    pub fn value<T: JsonValue + ?Sized>(&mut self, value: &T) {
        if let Ok(text) = &mut self.text
            && let Err(error) = serde_json::to_writer(text, value)
        {
            self.text = Err(error);
        }
    }

    /// Returns the complete text.
    pub fn finish(self) -> JsonText {
        JsonText {
            text: self.text.map(Bytes::from).map_err(Into::into),
        }
    }
}

/// The value of an expression: everything that implements [`Serialize`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a value in `json!`",
    label = "this value does not implement `serde::Serialize`",
    note = "add `#[derive(serde::Serialize)]` to your own type, and `.await` to a future"
)]
pub trait JsonValue: Serialize {}

// Without this attribute, rustc would report the missing `Serialize` instead of the message above.
#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> JsonValue for T {}

/// A computed key of an object.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of an object",
    label = "a key without quotes is a variable, and must be text",
    note = "use quotes for the name of a key: `{{ \"id\": value }}`; use `.to_string()` for a key that is computed"
)]
pub trait JsonKey {
    /// Returns the text of the key.
    fn into_key(self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: Into<String>> JsonKey for T {
    fn into_key(self) -> String {
        self.into()
    }
}
