//! What can be wrong in `json!`, in the words its user reads.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::Error;

pub(super) fn empty() -> Error {
    let text = "`json!()` is empty\n\
                help: write `json!(null)`, or `json![]` for an empty array, \
                or `json!({})` for an empty object";
    Error::new(Span::call_site(), text)
}

/// `json!("a", "b")`
pub(super) fn several_values(comma: Span) -> Error {
    let text = "`json!(…)` is one value, and a second one follows\n\
                help: for an array write `json![…]`";
    Error::new(comma, text)
}

/// `[1, , 2]`
pub(super) fn missing_element(comma: Span) -> Error {
    let text = "a value is missing before this `,`\n\
                help: write one, such as `null`, or remove the comma";
    Error::new(comma, text)
}

/// `{ "a": 1, , "b": 2 }`
pub(super) fn missing_entry(comma: Span) -> Error {
    let text = "a key and its value are missing before this `,`\n\
                help: remove the comma";
    Error::new(comma, text)
}

/// `{ "a": }`
pub(super) fn missing_value(colon: Span, key: &TokenStream) -> Error {
    let key = shortened(key);
    let text = format!("`{key}` has no value\nhelp: write one behind the colon: `{key}: null`");
    Error::new(colon, text)
}

/// `{ : 1 }`
pub(super) fn missing_key(colon: Span) -> Error {
    let text = "this value has no key\nhelp: write one before the colon: `\"key\": …`";
    Error::new(colon, text)
}

/// `{ "a" }`
pub(super) fn key_alone(key: &TokenStream) -> Error {
    let text = format!(
        "`{key}` has no value\nhelp: write `{key}: …`",
        key = shortened(key)
    );
    Error::new_spanned(key, text)
}

/// `{ "a" 1 }`, `{ "a" = 1 }`
pub(super) fn missing_colon(key: &TokenTree, found: &TokenTree) -> Error {
    let text = match found {
        TokenTree::Punct(_) => {
            format!("expected `:` behind the key, found `{found}`\nhelp: write `{key}: …`")
        }
        _ => format!("`:` is missing before `{found}`\nhelp: write `{key}: {found}`"),
    };
    Error::new(found.span(), text)
}

/// `[1 2]`, `{ "a": 1 "b": 2 }`
pub(super) fn missing_comma(found: &TokenTree) -> Error {
    let text = format!("`,` is missing before `{found}`\nhelp: write `, {found}`");
    Error::new(found.span(), text)
}

/// `[1; 2]`
pub(super) fn not_a_comma(found: &TokenTree) -> Error {
    let text = format!("expected `,` behind the value, found `{found}`\nhelp: write `,`");
    Error::new(found.span(), text)
}

/// `json!("a": 1)`, `["a": 1]`
pub(super) fn entry_without_object(colon: Span) -> Error {
    let text = "keys stand in an object, which has braces\n\
                help: write `{ \"key\": … }`; as a whole, `json!({ \"key\": … })`";
    Error::new(colon, text)
}

/// `{ 1: "a" }`, `{ null: "a" }`
pub(super) fn key_is_no_string(key: &TokenTree) -> Error {
    let text = format!("the key `{key}` is not a string\nhelp: write `\"{key}\": …`");
    Error::new(key.span(), text)
}

/// `{ [key]: 1 }`
pub(super) fn key_in_brackets(key: &TokenTree) -> Error {
    let text = "a computed key stands in parentheses\nhelp: write `(key): …`";
    Error::new(key.span(), text)
}

/// `{ let x = 1; x }`
pub(super) fn block(first: &TokenTree) -> Error {
    let text = format!(
        "braces are an object, and `{first}` is not the beginning of a key\n\
         help: for a block of Rust code write `({{ … }})`"
    );
    Error::new(first.span(), text)
}

/// `{ "a": 1, "a": 2 }`
pub(super) fn duplicate_key(key: &str, second: Span, first: Span) -> Error {
    let line = first.start().line;
    let text = format!(
        "the key `{key:?}` is in this object already, on line {line}\n\
         help: keep one of the two"
    );
    Error::new(second, text)
}

/// `1 +`, where syn says what it misses and where. The end has no place of its own: syn names the
/// whole invocation, and the last token stands in for it.
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
        format!("`{written}` is not a whole Rust expression: {error}"),
    )
}

/// As much of the user's tokens as fits a message.
fn shortened(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
