//! The item under `#[server]`: a signature, and the body as tokens.

use super::{Function, wrapper};
use crate::errors::Errors;
use crate::messages;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Signature, Visibility};

pub(super) fn parse(item: TokenStream, errors: &mut Errors) -> Option<(Function, TokenStream)> {
    let span = first_span(&item);
    match read_function.parse2(item.clone()) {
        Ok(found) => Some(found),
        Err(error) => {
            if looks_like_function(&item) {
                errors.add(error);
            } else {
                errors.push(span, messages::not_a_function());
            }
            None
        }
    }
}

fn read_function(input: ParseStream<'_>) -> syn::Result<(Function, TokenStream)> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    let sig: Signature = input.parse()?;
    let token: TokenTree = input.parse()?;
    let Some(group) = body(&token) else {
        return Err(syn::Error::new(
            token.span(),
            messages::function_without_body(&sig.ident.to_string()),
        ));
    };
    let span = group.span();
    let (wrapper, body) = wrapper::unwrap(group.stream());
    let function = Function {
        attrs,
        vis,
        sig,
        span,
        wrapper,
    };
    Ok((function, body))
}

/// Returns the braces of the body. A body that `macro_rules!` captured as `$body:block` is in an invisible group.
fn body(token: &TokenTree) -> Option<Group> {
    let TokenTree::Group(group) = token else {
        return None;
    };
    match group.delimiter() {
        Delimiter::Brace => Some(group.clone()),
        Delimiter::None => {
            let mut inside = group.stream().into_iter();
            let first = inside.next().filter(|_| inside.next().is_none())?;
            body(&first)
        }
        _ => None,
    }
}

/// Returns whether the item is a function with an error in it, rather than a struct or a module.
fn looks_like_function(item: &TokenStream) -> bool {
    item.clone()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == "fn"))
}

fn first_span(item: &TokenStream) -> Span {
    item.clone()
        .into_iter()
        .find(|token| !matches!(token, TokenTree::Punct(_) | TokenTree::Group(_)))
        .map_or_else(Span::call_site, |token| token.span())
}
