//! JSON as it is written, Rust expressions included.

use proc_macro2::{Span, TokenStream};

/// A value.
#[derive(Debug)]
pub(super) enum Json {
    /// A literal, already as JSON text: `"caf\u{e9}"` is `"café"`, `0xff_u8` is `255`.
    Constant(String),
    Array(Vec<Json>),
    Object(Vec<ObjectEntry>),
    /// A Rust expression: serialised when the program runs.
    Expr(TokenStream),
    /// The beginning of an expression that stops too early. It is compiled, so that an editor can
    /// say how to go on, but no value comes of it.
    Unfinished(TokenStream),
}

/// `key: value`.
#[derive(Debug)]
pub(super) struct ObjectEntry {
    pub(super) key: Key,
    pub(super) value: Json,
}

#[derive(Debug)]
pub(super) enum Key {
    /// A literal: its text, not yet escaped, and where it stands.
    Text(String, Span),
    /// A Rust expression that is `Into<String>`.
    Expr(TokenStream),
}
