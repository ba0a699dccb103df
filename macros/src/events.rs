//! The input of `events!`: a declaration without errors is passed on unchanged.

use crate::errors::Errors;
use crate::messages;
use crate::tokens::before;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// Passes the declaration on, unless it declares an event twice: rustc would then report an error for each item
/// generated for that event. The first token of `input` is the path to the runtime.
pub(crate) fn events(input: TokenStream) -> TokenStream {
    let mut tokens = input.into_iter();
    let krate = tokens.next().into_iter().collect();
    let input: TokenStream = tokens.collect();
    if has_duplicate(&input) {
        return events_error(input, &krate);
    }
    quote!(#krate::__declare_events! { #input })
}

/// Returns whether an event is declared twice. The payloads are not read.
fn has_duplicate(input: &TokenStream) -> bool {
    let Some(TokenTree::Group(group)) = input.clone().into_iter().find(is_braces) else {
        return false;
    };
    let mut seen: Vec<String> = Vec::new();
    let mut follows_event = false;
    let mut is_shared = false;
    for token in group.stream() {
        match token {
            TokenTree::Ident(word) if word == "use" => is_shared = true,
            TokenTree::Punct(end) if is_shared => is_shared = end.as_char() != ';',
            _ if is_shared => {}
            TokenTree::Ident(event) if !follows_event => {
                let event = event.to_string();
                if seen.contains(&event) {
                    return true;
                }
                seen.push(event);
                follows_event = true;
            }
            TokenTree::Punct(sign) => follows_event &= !matches!(sign.as_char(), ',' | ';'),
            _ => {}
        }
    }
    false
}

/// Returns the errors in the input of `events!`, and a set with the events that are correct. `krate` is the path to the
/// runtime.
pub(crate) fn events_error(input: TokenStream, krate: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let tokens: Vec<TokenTree> = input.into_iter().collect();
    let body = tokens.iter().position(is_braces);
    let (head, braces) = match body {
        Some(at) => (&tokens[..at], Some(&tokens[at])),
        None => (tokens.as_slice(), None),
    };
    let word = head
        .iter()
        .find(|token| is_word(token, &["enum", "struct", "mod", "trait"]));
    let set = head.iter().rev().find_map(ident);
    if let Some(word) = word {
        errors.push(word.span(), messages::declared_set(&word.to_string()));
    }
    let mut valid = Vec::new();
    match braces {
        Some(TokenTree::Group(group)) => check_events(group, &mut valid, &mut errors),
        _ => errors.push(Span::call_site(), messages::set_without_events()),
    }
    if errors.is_empty() {
        errors.push(Span::call_site(), messages::events_syntax());
    }
    let errors = errors.finish();
    let vis = before(head, &mut |token| match token {
        TokenTree::Ident(word) => word != "pub" && word != "crate" && word != "super",
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        TokenTree::Punct(_) | TokenTree::Literal(_) => true,
    });
    let set = added_to(head).or_else(|| set.map(Ident::to_token_stream));
    let set = set.map(|set| quote!(#krate::events! { #vis #set { #(#valid),* } }));
    quote!(#(#errors)* #set)
}

/// Returns `for Set`, which adds events to an existing set.
fn added_to(before: &[TokenTree]) -> Option<TokenStream> {
    let at = before.iter().position(|it| is_word(it, &["for"]))?;
    let set = before[at + 1..].iter().cloned().collect();
    let set: syn::Path = syn::parse2(set).ok()?;
    Some(quote!(for #set))
}

/// Checks that events are separated by commas and that payloads are in parentheses.
///
/// ```text
/// Said: String,
/// Said { text: String },
/// Said(String)
/// Left
/// ```
fn check_events(group: &Group, valid: &mut Vec<TokenStream>, errors: &mut Errors) {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut seen: Vec<Ident> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at..] {
            [TokenTree::Punct(sign), TokenTree::Group(_), ..] if sign.as_char() == '#' => at += 2,
            [TokenTree::Ident(word), ..] if word == "use" => {
                at += tokens[at..]
                    .iter()
                    .take_while(|it| !is_sign(it, ';'))
                    .count()
                    + 1;
            }
            [TokenTree::Ident(event), after @ ..] => {
                if let Some(first) = seen.iter().find(|seen| *seen == event) {
                    let line = first.span().start().line;
                    errors.push(
                        event.span(),
                        messages::duplicate_event(&event.to_string(), line),
                    );
                } else if let Some(payload) = check_event(event, after, errors) {
                    valid.push(quote!(#event #payload));
                    seen.push(event.clone());
                }
                at += 1 + event_len(after);
            }
            [TokenTree::Punct(comma), ..] if comma.as_char() == ',' => at += 1,
            [other, ..] => {
                errors.push(other.span(), messages::events_syntax());
                return;
            }
            [] => return,
        }
    }
}

/// Returns the payload of an event, or `Some(None)` if it has none. Returns `None` if the payload is invalid.
fn check_event(
    event: &Ident,
    after: &[TokenTree],
    errors: &mut Errors,
) -> Option<Option<TokenTree>> {
    let name = event.to_string();
    match after {
        [] => Some(None),
        [TokenTree::Punct(sign), ..] if sign.as_char() == ',' => Some(None),
        [payload @ TokenTree::Group(group), next @ ..]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            if let Some(next @ TokenTree::Ident(_)) = next.first() {
                errors.push(
                    next.span(),
                    messages::event_without_comma(&next.to_string()),
                );
            }
            Some(Some(payload.clone()))
        }
        [wrong @ TokenTree::Group(_), ..] => {
            errors.push(wrong.span(), messages::event_fields(&name));
            None
        }
        [TokenTree::Ident(next), ..] => {
            errors.push(
                next.span(),
                messages::event_without_comma(&next.to_string()),
            );
            Some(None)
        }
        [sign, payload @ ..] => {
            let payload = messages::source_text(&before(payload, &mut |it| is_sign(it, ',')));
            errors.push(sign.span(), messages::event_payload(&name, &payload));
            None
        }
    }
}

/// Returns the number of tokens up to the next event.
fn event_len(after: &[TokenTree]) -> usize {
    match after {
        [TokenTree::Group(_), ..] => 1,
        [TokenTree::Ident(_), ..] | [] => 0,
        _ => after.iter().take_while(|it| !is_sign(it, ',')).count(),
    }
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_word(token: &TokenTree, words: &[&str]) -> bool {
    matches!(token, TokenTree::Ident(it) if words.contains(&it.to_string().as_str()))
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn ident(token: &TokenTree) -> Option<&Ident> {
    match token {
        TokenTree::Ident(ident) => Some(ident),
        _ => None,
    }
}
