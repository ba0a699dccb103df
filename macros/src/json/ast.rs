//! JSON as written, including Rust expressions.

use proc_macro2::{Span, TokenStream};

/// A value.
#[derive(Debug)]
pub(super) enum Json {
    /// A literal, already as JSON text: `"caf\u{e9}"` is `"café"`, `0xff_u8` is `255`.
    Constant(String),
    Array(Vec<Json>),
    Object(Vec<ObjectEntry>),
    /// A Rust expression, serialized at run time.
    Expr(TokenStream),
    /// The start of an incomplete expression. It is compiled, so that an editor can complete it, but has no value.
    Unfinished(TokenStream),
}

/// An entry of an object: `key: value`.
#[derive(Debug)]
pub(super) struct ObjectEntry {
    pub(super) key: Key,
    pub(super) value: Json,
}

#[derive(Debug)]
pub(super) enum Key {
    /// A literal: its unescaped text, and its span.
    Text(String, Span),
    /// A Rust expression whose type implements `Into<String>`.
    Expr(TokenStream),
}

impl Json {
    pub(super) fn collect_expressions(&self, found: &mut Vec<TokenStream>) {
        match self {
            Self::Constant(_) => {}
            Self::Array(values) => values.iter().for_each(|it| it.collect_expressions(found)),
            Self::Object(entries) => entries.iter().for_each(|entry| {
                if let Key::Expr(key) = &entry.key {
                    found.push(key.clone());
                }
                entry.value.collect_expressions(found);
            }),
            Self::Expr(value) | Self::Unfinished(value) => found.push(value.clone()),
        }
    }
}
