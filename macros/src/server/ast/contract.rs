//! `(PATTERN: BODY)` and `-> REPLY`: the declarations of a route after its path.

use super::matcher::{has_arrow, tokens_before_arrow};
use crate::messages;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Pat, Token, Type};

/// The declaration of a body: `(PATTERN: TYPE)`.
pub(crate) struct Body {
    pub(crate) pattern: Pat,
    pub(crate) ty: Type,
    pub(crate) colon: Token![:],
}

impl Body {
    /// Returns the variables of the pattern.
    pub(crate) fn variables(&self) -> Vec<Ident> {
        variables(&self.pattern.to_token_stream())
    }
}

/// Returns the variables of a pattern: the identifiers that begin with a lowercase letter or `_`, except `_` itself,
/// keywords, names of fields and segments of paths.
pub(crate) fn variables(pattern: &TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    let tokens: Vec<TokenTree> = pattern.clone().into_iter().collect();
    let sign = |at: usize| match tokens.get(at) {
        Some(TokenTree::Punct(sign)) => Some(sign.as_char()),
        _ => None,
    };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) => {
                let is_path = sign(at + 1) == Some(':') && sign(at + 2) == Some(':')
                    || at >= 2 && sign(at - 1) == Some(':') && sign(at - 2) == Some(':');
                // `name: pattern` in the pattern of a struct binds only the variables of the inner pattern.
                let is_field = sign(at + 1) == Some(':');
                let text = word.to_string();
                let is_keyword = matches!(text.as_str(), "mut" | "ref" | "box");
                if text.starts_with(|char: char| char.is_lowercase() || char == '_')
                    && text != "_"
                    && !is_keyword
                    && !is_path
                    && !is_field
                {
                    found.push(word.clone());
                }
            }
            TokenTree::Group(group) => found.extend(variables(&group.stream())),
            _ => {}
        }
    }
    found
}

/// Parses the body, which looks like the only parameter of a function.
pub(super) fn read_body(input: ParseStream<'_>) -> syn::Result<Option<Box<Body>>> {
    if input.peek(syn::token::Brace) && has_arrow(input) {
        return Err(input.error(messages::body_in_braces()));
    }
    if !input.peek(syn::token::Paren) {
        return Ok(None);
    }
    let inside;
    let parens = syn::parenthesized!(inside in input);
    let span = parens.span.join();
    let tokens = inside.cursor().token_stream();
    inside.parse::<TokenStream>()?;
    if tokens.is_empty() {
        return Err(syn::Error::new(span, messages::empty_body()));
    }
    let start = tokens.clone().into_iter().next();
    let start = start.map_or(span, |token| token.span());
    let parser = |inside: ParseStream<'_>| parse_body(inside, start);
    parser.parse2(tokens).map(Box::new).map(Some)
}

fn parse_body(inside: ParseStream<'_>, span: Span) -> syn::Result<Body> {
    let all = inside.cursor().token_stream();
    let text = messages::source_text(&all);
    let error = |message: String| Err(syn::Error::new(span, message));
    let ahead = inside.fork();
    let pattern = match Pat::parse_single(&ahead) {
        Ok(pattern) if ahead.peek(Token![:]) => pattern,
        pattern => {
            let is_type = syn::parse2::<Type>(all).is_ok() && text.contains('<');
            return error(match pattern {
                _ if is_type => messages::unnamed_body(&text),
                Ok(_)
                    if ahead.is_empty()
                        && text.starts_with(char::is_uppercase)
                        && !text.contains('(') =>
                {
                    messages::unnamed_body(&text)
                }
                Ok(_) if ahead.is_empty() => messages::untyped_body(&text),
                Ok(_) if ahead.peek(Token![,]) => messages::second_body(),
                Ok(_) | Err(_) => messages::not_a_body(&text),
            });
        }
    };
    inside.advance_to(&ahead);
    let colon = inside.parse::<Token![:]>()?;
    let pattern_text = messages::source_text(&pattern.to_token_stream());
    if inside.is_empty() {
        return error(messages::body_type_missing(&pattern_text));
    }
    let Ok(ty) = inside.parse::<Type>() else {
        return error(messages::not_a_body(&text));
    };
    if inside.peek(Token![=]) {
        return Err(inside.error(messages::body_default(&text)));
    }
    if inside.peek(Token![,]) {
        inside.parse::<Token![,]>()?;
    }
    if !inside.is_empty() {
        return Err(inside.error(messages::second_body()));
    }
    Ok(Body { pattern, ty, colon })
}

/// Returns an error if a body comes next, because it belongs after the path.
pub(super) fn refuse_body(input: ParseStream<'_>, after: &str) -> syn::Result<()> {
    if input.peek(syn::token::Paren) {
        return Err(input.error(messages::body_after(after)));
    }
    Ok(())
}

/// Parses `-> TYPE`. If there is no `=>`, the arrow was probably meant as one, which the caller reports.
pub(super) fn read_reply_type(input: ParseStream<'_>) -> syn::Result<Option<Box<Type>>> {
    if !input.peek(Token![->]) || !has_arrow(input) {
        return Ok(None);
    }
    let arrow: Token![->] = input.parse()?;
    if input.peek(Token![=>]) || input.peek(Token![if]) || input.peek(Token![as]) {
        return Err(syn::Error::new(
            arrow.spans[0],
            messages::missing_reply_type(),
        ));
    }
    let ahead = input.fork();
    let Ok(ty) = ahead.parse::<Type>() else {
        let text = messages::source_text(&tokens_before_arrow(input));
        return Err(input.error(messages::not_a_reply_type(&text)));
    };
    input.advance_to(&ahead);
    if input.peek(Token![as]) {
        let span = input.span();
        input.parse::<Token![as]>()?;
        let name = messages::source_text(&tokens_before_arrow(input));
        return Err(syn::Error::new(
            span,
            messages::name_after_reply_type(&name),
        ));
    }
    if input.peek(Token![->]) {
        return Err(input.error(messages::second_reply_type()));
    }
    if input.peek(syn::token::Paren) {
        return Err(input.error(messages::reply_type_before_body()));
    }
    if !input.peek(Token![=>]) && !input.peek(Token![if]) {
        let text = messages::source_text(&ty.to_token_stream());
        let found = messages::source_text(&tokens_before_arrow(input));
        return Err(input.error(messages::not_a_reply_type(&format!("{text} {found}"))));
    }
    Ok(Some(Box::new(ty)))
}

/// Reports a reply type or a body after the guard: `if admin -> Json<Product>`, `if admin (new: String)`.
pub(super) fn wrong_after_guard(guard: &[TokenTree]) -> Option<syn::Error> {
    let is = |at: usize, char: char| matches!(guard.get(at), Some(TokenTree::Punct(sign)) if sign.as_char() == char);
    let arrow = (1..guard.len())
        .rev()
        .find(|&at| is(at, '>') && is(at - 1, '-'));
    // The return type of a closure is followed by its block, and the one in `f::<fn() -> T>()` by other tokens.
    if let Some(arrow) = arrow
        && let [first, ..] = &guard[arrow + 1..]
        && let after = guard[arrow + 1..].iter().cloned().collect::<TokenStream>()
        && syn::parse2::<Type>(after.clone()).is_ok()
    {
        let ty = messages::source_text(&after);
        return Some(syn::Error::new(
            first.span(),
            messages::reply_type_after_guard(&ty),
        ));
    }
    match guard.last() {
        Some(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Parenthesis && is_declaration(&group.stream()) =>
        {
            let after = "the guard";
            Some(syn::Error::new(group.span(), messages::body_after(after)))
        }
        _ => None,
    }
}

/// Returns whether the tokens are `name: Type`, which is not an expression.
fn is_declaration(tokens: &TokenStream) -> bool {
    let parser = |input: ParseStream<'_>| {
        Pat::parse_single(input)?;
        input.parse::<Token![:]>()?;
        input.parse::<Type>()
    };
    syn::parse2::<syn::Expr>(tokens.clone()).is_err() && parser.parse2(tokens.clone()).is_ok()
}

/// Returns an error if a mount, `unmatched` or `_` has a body or a reply type, neither of which is allowed.
pub(super) fn refuse_contract(
    input: ParseStream<'_>,
    message: impl Fn(&str) -> String,
) -> syn::Result<()> {
    if input.peek(syn::token::Paren) {
        return Err(input.error(message("body")));
    }
    if input.peek(Token![->]) && has_arrow(input) {
        return Err(input.error(message("type of the reply")));
    }
    Ok(())
}

/// Reports a body before the path: `(new: Json<NewProduct>) "/path"`.
pub(super) fn body_before_path(input: ParseStream<'_>) -> Option<syn::Error> {
    match input.fork().parse::<TokenTree>() {
        Ok(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Parenthesis && is_declaration(&group.stream()) =>
        {
            Some(syn::Error::new(group.span(), messages::body_before_path()))
        }
        _ => None,
    }
}
