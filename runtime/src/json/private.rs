//! What the expansion of `json!` names.

use bytes::Bytes;
use serde::Serialize;

use super::JsonText;

/// The text of JSON in which no expression stands.
pub const fn text(text: &'static str) -> JsonText {
    JsonText {
        text: Ok(Bytes::from_static(text.as_bytes())),
    }
}

/// Takes the pieces of a text in the order written.
#[derive(Debug)]
pub struct Writer {
    /// Behind a value that could not be serialised, everything else is only evaluated.
    text: serde_json::Result<Vec<u8>>,
}

impl Writer {
    /// `known` is the length of all constant pieces. Most values fit the room that is added, so that
    /// most texts are allocated once.
    pub fn new(known: usize) -> Self {
        Self {
            text: Ok(Vec::with_capacity(known + 64)),
        }
    }

    /// A constant piece, which is JSON text.
    pub fn text(&mut self, piece: &'static str) {
        if let Ok(text) = &mut self.text {
            text.extend_from_slice(piece.as_bytes());
        }
    }

    /// A computed key.
    pub fn key(&mut self, key: impl Into<String>) {
        self.value(&key.into());
    }

    /// An expression that stands in the place of a value.
    pub fn value<T: Serialize + ?Sized>(&mut self, value: &T) {
        if let Ok(text) = &mut self.text
            && let Err(error) = serde_json::to_writer(text, value)
        {
            self.text = Err(error);
        }
    }

    /// All of it.
    pub fn finish(self) -> JsonText {
        JsonText {
            text: self.text.map(Bytes::from).map_err(Into::into),
        }
    }
}
