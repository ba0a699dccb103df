//! `mount PATH [as NAME] [if GUARD]` and `unmatched`: the part before `=>` in the forms that start with a word.

use super::contract::refuse_contract;
use super::matcher::{is_method, read_guard, read_name, read_path};
use super::{Matcher, PathMatcher};
use crate::messages;
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token, token};

const MOUNT: &str = "mount";
const UNMATCHED: &str = "unmatched";

/// Parses a mount or `unmatched`, if the next word begins one.
pub(super) fn read_keyword(input: ParseStream<'_>, end: Span) -> Option<syn::Result<Matcher>> {
    let word = input.fork().call(Ident::parse_any).ok()?;
    if word == MOUNT {
        Some(read_mount(input, end))
    } else if word == UNMATCHED {
        Some(read_unmatched(input))
    } else {
        None
    }
}

/// Returns the error if `word`, which follows a method, is `mount` or `unmatched`.
pub(super) fn after_method(word: &Ident) -> Option<String> {
    if word == MOUNT {
        Some(messages::mount_with_method())
    } else if word == UNMATCHED {
        Some(messages::unmatched_with_method())
    } else {
        None
    }
}

/// Returns the server in `mount api(req, res).await`, `mount api, "/api"` and `mount api`.
fn mounted_without_path(input: ParseStream<'_>) -> Option<Ident> {
    let ahead = input.fork();
    let server = ahead.parse::<Ident>().ok()?;
    let is_call = ahead.peek(token::Paren) && !ahead.peek2(Token![=>]);
    (is_call || ahead.peek(Token![,]) || ahead.is_empty()).then_some(server)
}

fn read_mount(input: ParseStream<'_>, end: Span) -> syn::Result<Matcher> {
    input.call(Ident::parse_any)?;
    if let Ok(method) = input.fork().call(Ident::parse_any)
        && is_method(&method)
    {
        return Err(input.error(messages::mount_with_method()));
    }
    if input.peek(Token![_]) {
        return Err(input.error(messages::mount_of_fallback()));
    }
    if let Some(server) = mounted_without_path(input) {
        return Err(input.error(messages::mount_without_path(&server)));
    }
    let path = read_path(input, end, &[])?;
    refuse_contract(input, messages::mount_with_contract)?;
    let name = read_name(input)?;
    refuse_contract(input, messages::mount_with_contract)?;
    let guard = read_guard(input)?;
    let methods = Vec::new();
    let matcher = PathMatcher {
        methods,
        path,
        body: None,
        name,
        reply: None,
        guard,
    };
    Ok(Matcher::Mount(matcher))
}

/// Parses `unmatched`, which has no path, name or guard. Its expression is optional.
fn read_unmatched(input: ParseStream<'_>) -> syn::Result<Matcher> {
    let word = input.call(Ident::parse_any)?;
    refuse_contract(input, |what| {
        messages::fallback_with_contract(UNMATCHED, what)
    })?;
    let message = if input.peek(Token![if]) {
        messages::unmatched_with_guard()
    } else if input.peek(Token![as]) {
        messages::unmatched_with_name()
    } else if input.peek(LitStr) {
        messages::unmatched_with_path()
    } else {
        return Ok(Matcher::Unmatched(word.span()));
    };
    Err(input.error(message))
}
