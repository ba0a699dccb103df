//! Words from other languages that make code invalid as Rust.

mod tried;

use crate::messages;
use crate::server::ast;
use crate::server::model::names;
use crate::tokens::{before, is_punct, skip};
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

const DEFER: &str = "remove it: files, locks and connections are closed when their variables go out of scope; for code that runs \
    after the response, use `res.on(event::Finish, |_| …)`";

/// Returns the position of the first such word, and the message for it.
///
/// ```text
/// throw Error::not_found()
/// let { id } = req.params;
/// res.type("text/html")
/// ```
pub(crate) fn foreign_word(code: &TokenStream, response: Option<&Ident>) -> Option<(Span, String)> {
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    (0..tokens.len()).find_map(|at| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        if let Some(found) = ast::foreign_operator(&tokens, at) {
            return Some(found);
        }
        match &tokens[at..] {
            [TokenTree::Group(group), ..] => foreign_word(&group.stream(), response),
            [TokenTree::Ident(word), after @ ..] if !is_punct(before, '.') => {
                word_error(word, after, response)
            }
            _ => None,
        }
    })
}

fn keyword(word: &Ident, help: &str) -> (Span, String) {
    let message = messages::foreign_keyword(&word.to_string(), help);
    (word.span(), message)
}

fn word_error(
    word: &Ident,
    after: &[TokenTree],
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    let next = after.first()?;
    let statement = before(after, &mut |it| is_punct(it, ';') || is_punct(it, '}'));
    match (word.to_string().as_str(), next) {
        ("throw" | "raise", TokenTree::Ident(_)) => {
            let value = messages::source_text(&statement);
            let value = value.trim_start_matches("new ").to_owned();
            let message = messages::throw(&word.to_string(), &value);
            Some((word.span(), message))
        }
        ("let" | "const" | "var", TokenTree::Group(names))
            if names.delimiter() == Delimiter::Brace =>
        {
            let value = skip(2, statement);
            Some((next.span(), destructured(names.stream(), &value)))
        }
        ("switch", _) => Some(keyword(word, "use `match value { … }`")),
        ("function", _) => Some(keyword(
            word,
            "use `async fn name(…)` outside of this function, or a closure",
        )),
        ("try", TokenTree::Group(block)) => Some(keyword(word, &tried::help(block, &after[1..])?)),
        ("catch" | "finally" | "except", TokenTree::Group(_)) => Some(keyword(
            word,
            "use `match result { Ok(value) => …, Err(error) => … }`",
        )),
        ("defer", TokenTree::Ident(_)) => Some(keyword(word, DEFER)),
        ("new", TokenTree::Ident(ty)) => Some(keyword(word, &messages::constructor_for_new(ty))),
        ("const", TokenTree::Ident(name)) if is_punct(after.get(1), '=') => {
            let found = format!("const {name} = …");
            let message = messages::declared_otherwise(&found, &name.to_string());
            Some((word.span(), message))
        }
        (name, colon) if is_punct(colon, ':') && is_punct(after.get(1), '=') => {
            let message = messages::declared_otherwise(":=", name);
            Some((colon.span(), message))
        }
        (name, _) if response.is_some_and(|response| response == name) => content_type(name, after),
        _ => None,
    }
}

/// Returns the error for `let { id, name } = value`.
fn destructured(names: TokenStream, value: &TokenStream) -> String {
    let names = names.into_iter().filter_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    let names: Vec<String> = names.collect();
    messages::destructured(&names, &messages::source_text(value))
}

/// Reports the method `type` after the response: `.type("text/html")`.
fn content_type(response: &str, after: &[TokenTree]) -> Option<(Span, String)> {
    match after {
        [
            dot,
            TokenTree::Ident(method),
            TokenTree::Group(arguments),
            ..,
        ] if is_punct(dot, '.') && method == "type" => {
            let value = messages::source_text(&arguments.stream());
            Some((method.span(), messages::content_type(response, &value)))
        }
        _ => None,
    }
}

/// Reports `res.set_header({ "x-shop": "cups" })`: braces with keys and values, in code that is not Rust because of
/// them.
pub(super) fn object_argument(code: &TokenStream, response: &Ident) -> Option<(Span, String)> {
    let error = ast::object(code)?;
    let setters = ["set_header", "append_header", "write_head"];
    let message = match setters.iter().any(|it| names(code, it)) {
        true => messages::object_of_headers(&response.to_string()),
        false => error.to_string(),
    };
    Some((error.span(), message))
}
