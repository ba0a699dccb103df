//! Turns `Json` into the expression that creates the text.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::ast::{Json, Key, ObjectEntry};
use super::literal::string_text;

/// The parts of the text, in order.
enum JsonPiece<'j> {
    Text(String),
    Key(&'j TokenStream),
    Value(&'j TokenStream),
    Unfinished(&'j TokenStream),
}

/// Expands `json!({ "id": user.id, "tags": ["a", "b"] })` to
///
/// ```text
/// {
///     let mut json = ::onward::__private::json::Writer::new(25);
///     json.text("{\"id\":");
///     json.value(&(user.id));
///     json.text(",\"tags\":[\"a\",\"b\"]}");
///     json.finish()
/// }
/// ```
///
/// and JSON without expressions to a constant: `::onward::__private::json::text("[1,2]")`.
pub(super) fn expand(json: &Json, krate: &TokenStream) -> TokenStream {
    let mut pieces = Vec::new();
    add(json, &mut pieces);
    match pieces.as_slice() {
        [JsonPiece::Text(text)] => quote!(#krate::__private::json::text(#text)),
        pieces => expand_writer(pieces, krate),
    }
}

fn expand_writer(pieces: &[JsonPiece<'_>], krate: &TokenStream) -> TokenStream {
    let json = Ident::new("__json", Span::mixed_site());
    let known: usize = pieces.iter().map(known_length).sum();
    let steps = pieces.iter().map(|piece| expand_piece(piece, &json));
    quote!({
        let mut #json = #krate::__private::json::Writer::new(#known);
        #(#steps)*
        #json.finish()
    })
}

fn known_length(piece: &JsonPiece<'_>) -> usize {
    match piece {
        JsonPiece::Text(text) => text.len(),
        _ => 0,
    }
}

/// Returns the statement that writes a piece. Each expression is a separate statement, so that its temporaries are
/// dropped after it is written.
fn expand_piece(piece: &JsonPiece<'_>, json: &Ident) -> TokenStream {
    match piece {
        JsonPiece::Text(text) => quote!(#json.text(#text);),
        JsonPiece::Key(key) => quote!(#json.key(#key);),
        JsonPiece::Value(value) => {
            let value = expand_reference(value);
            quote!(#json.value(#value);)
        }
        JsonPiece::Unfinished(value) => {
            let value = expand_reference(value);
            quote!(let _ = #value;)
        }
    }
}

/// Returns `&(value)`, with spans that cover all of `value`: rustc underlines it if its type is not `Serialize`.
fn expand_reference(value: &TokenStream) -> TokenStream {
    let mut tokens = value.clone().into_iter().map(|token| token.span());
    let first = tokens.next().unwrap_or_else(Span::mixed_site);
    let last = tokens.last().unwrap_or(first);
    let mut group = Group::new(Delimiter::Parenthesis, value.clone());
    group.set_span(Span::mixed_site().located_at(last));
    let group = TokenTree::Group(group);
    quote_spanned!(Span::mixed_site().located_at(first)=> & #group)
}

fn add<'j>(json: &'j Json, pieces: &mut Vec<JsonPiece<'j>>) {
    match json {
        Json::Constant(text) => add_text(text, pieces),
        Json::Array(values) => add_list('[', values, ']', pieces, add),
        Json::Object(entries) => add_list('{', entries, '}', pieces, add_entry),
        Json::Expr(value) => pieces.push(JsonPiece::Value(value)),
        Json::Unfinished(value) => pieces.push(JsonPiece::Unfinished(value)),
    }
}

fn add_entry<'j>(entry: &'j ObjectEntry, pieces: &mut Vec<JsonPiece<'j>>) {
    match &entry.key {
        Key::Text(key, _) => add_text(&string_text(key), pieces),
        Key::Expr(key) => pieces.push(JsonPiece::Key(key)),
    }
    add_text(":", pieces);
    add(&entry.value, pieces);
}

fn add_list<'j, T>(
    open: char,
    items: &'j [T],
    close: char,
    pieces: &mut Vec<JsonPiece<'j>>,
    add_item: fn(&'j T, &mut Vec<JsonPiece<'j>>),
) {
    add_text(open.encode_utf8(&mut [0; 4]), pieces);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            add_text(",", pieces);
        }
        add_item(item, pieces);
    }
    add_text(close.encode_utf8(&mut [0; 4]), pieces);
}

/// Appends the text to the last piece if that is text; adds a piece otherwise.
fn add_text(text: &str, pieces: &mut Vec<JsonPiece<'_>>) {
    match pieces.last_mut() {
        Some(JsonPiece::Text(before)) => before.push_str(text),
        _ => pieces.push(JsonPiece::Text(text.to_owned())),
    }
}
