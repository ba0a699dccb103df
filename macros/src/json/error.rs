//! The compile errors of `json!`. See `messages.rs` for their style.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::Error;

pub(super) fn empty() -> Error {
    let text = "`json!()` is empty\n\
                help: use `json!(null)`, `json![]` for an empty array, \
                or `json!({})` for an empty object";
    Error::new(Span::call_site(), text)
}

/// Returns the error for `json!("a", "b")`.
pub(super) fn several_values(comma: Span) -> Error {
    let text = "`json!(…)` takes one value, found a second one\n\
                help: use `json![…]` for an array";
    Error::new(comma, text)
}

/// Returns the error for `[1, , 2]`.
pub(super) fn missing_element(comma: Span) -> Error {
    let text = "expected a value before `,`\n\
                help: add one, such as `null`, or remove the comma";
    Error::new(comma, text)
}

/// Returns the error for `{ "a": 1, , "b": 2 }`.
pub(super) fn missing_entry(comma: Span) -> Error {
    let text = "expected a key and a value before `,`\n\
                help: remove the comma";
    Error::new(comma, text)
}

/// Returns the error for `{ "a": }`.
pub(super) fn missing_value(colon: Span, key: &TokenStream) -> Error {
    let key = shortened(key);
    let text = format!("key `{key}` has no value\nhelp: add one after the colon: `{key}: null`");
    Error::new(colon, text)
}

/// Returns the error for `{ : 1 }`.
pub(super) fn missing_key(colon: Span) -> Error {
    let text = "this value has no key\nhelp: add one before the colon: `\"key\": …`";
    Error::new(colon, text)
}

/// Returns the error for `{ "a" }`.
pub(super) fn key_alone(key: &TokenStream) -> Error {
    let text = shortened(key);
    if text.starts_with("..") {
        let text = "an object cannot be spread in another one\n\
                    help: add its fields one by one, or use a struct with `#[serde(flatten)]` and `Json(value)`";
        return Error::new_spanned(key, text);
    }
    let is_variable = syn::parse2::<syn::Ident>(key.clone()).is_ok();
    let help = match is_variable {
        true => format!("`\"{text}\": {text}`"),
        false => format!("`{text}: …`"),
    };
    Error::new_spanned(key, format!("key `{text}` has no value\nhelp: use {help}"))
}

/// Returns the error for `{ "a" 1 }` and `{ "a" = 1 }`.
pub(super) fn missing_colon(key: &TokenTree, found: &TokenTree) -> Error {
    let text = match found {
        TokenTree::Punct(_) => {
            format!("expected `:` after the key, found `{found}`\nhelp: use `{key}: …`")
        }
        _ => format!("expected `:` before `{found}`\nhelp: use `{key}: {found}`"),
    };
    Error::new(found.span(), text)
}

/// Returns the error for `[1 2]` and `{ "a": 1 "b": 2 }`.
pub(super) fn missing_comma(found: &TokenTree) -> Error {
    let text = format!("expected `,` before `{found}`\nhelp: add a comma: `, {found}`");
    Error::new(found.span(), text)
}

/// Returns the error for `[1; 2]`.
pub(super) fn not_a_comma(found: &TokenTree) -> Error {
    let text = format!("expected `,` after the value, found `{found}`\nhelp: use `,`");
    Error::new(found.span(), text)
}

/// Returns the error for `json!("a": 1)` and `["a": 1]`.
pub(super) fn entry_without_object(colon: Span) -> Error {
    let text = "a key must be inside the braces of an object\n\
                help: use `{ \"key\": … }`, or `json!({ \"key\": … })` for the whole value";
    Error::new(colon, text)
}

/// Returns the error for `{ 1: "a" }` and `{ null: "a" }`.
pub(super) fn key_not_a_string(key: &TokenTree) -> Error {
    let found = key.to_string();
    let name = found.trim_matches('\'');
    let text = format!("expected a string as the key, found `{found}`\nhelp: use `\"{name}\": …`");
    Error::new(key.span(), text)
}

/// Returns the error for `{ [key]: 1 }`.
pub(super) fn key_in_brackets(key: &TokenTree) -> Error {
    let text = "a computed key must be in parentheses\nhelp: use `(key): …`";
    Error::new(key.span(), text)
}

/// Returns the error for `{ let x = 1; x }`.
pub(super) fn block(first: &TokenTree) -> Error {
    let text = format!(
        "expected a key, found `{first}`; braces create an object\n\
         help: use `({{ … }})` for a block of Rust code"
    );
    Error::new(first.span(), text)
}

/// Returns the error for `{ "a": 1, "a": 2 }`.
pub(super) fn duplicate_key(key: &str, second: Span, first: Span) -> Error {
    let line = first.start().line;
    let text = format!(
        "duplicate key `{key:?}`, already used on line {line}\n\
         help: remove one of them"
    );
    Error::new(second, text)
}

/// Returns the error for an incomplete expression such as `1 +`. syn reports what it expected and where. The end of the
/// input has no span: syn reports the span of the whole invocation, which is replaced with the span of the last token.
pub(super) fn unfinished(error: &Error, written: &TokenStream) -> Error {
    let everything = Span::call_site().start();
    let last = written.clone().into_iter().last();
    let span = match last {
        Some(last) if error.span().start() == everything => last.span(),
        _ => error.span(),
    };
    let written = shortened(written);
    Error::new(
        span,
        format!("`{written}` is not a complete Rust expression: {error}"),
    )
}

/// Returns the user's tokens as text, or only the first 60 characters and `…` if the text is longer.
fn shortened(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
