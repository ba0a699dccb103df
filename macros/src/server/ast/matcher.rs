//! `[METHOD {"|" METHOD}] PATH [(BODY)] [as NAME] [-> REPLY] [if GUARD]`, or `_`: the part before `=>`.

mod path;

pub(super) use path::read_path;

use super::contract::{
    read_body, read_reply_type, refuse_body, refuse_contract, wrong_after_guard,
};
use super::route::sign as arrow_sign;
use super::{Matcher, PathMatcher, foreign, keyword};
use crate::http::methods::Methods;
use crate::messages;
use crate::server::primitive::is_primitive;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Lit, LitStr, Token};

pub(super) fn read_matcher(input: ParseStream<'_>, end: Span) -> syn::Result<Matcher> {
    if input.peek(Token![_]) {
        return read_fallback(input);
    }
    if let Some(matcher) = keyword::read_keyword(input, end) {
        return matcher;
    }
    let methods = read_methods(input)?;
    let path = read_path(input, end, &methods)?;
    let body = read_body(input)?;
    let name = read_name(input)?;
    refuse_body(
        input,
        if name.is_some() {
            "the name"
        } else {
            "another one"
        },
    )?;
    let reply = read_reply_type(input)?;
    let guard = read_guard(input)?;
    Ok(Matcher::Path(PathMatcher {
        methods,
        path,
        body,
        name,
        reply,
        guard,
    }))
}

/// Parses `_`, which has neither a name nor a guard.
fn read_fallback(input: ParseStream<'_>) -> syn::Result<Matcher> {
    let underscore: Token![_] = input.parse()?;
    if input.peek(Token![if]) {
        return Err(input.error(messages::fallback_with_guard()));
    }
    if input.peek(Token![as]) {
        return Err(input.error(messages::fallback_with_name()));
    }
    refuse_contract(input, |what| messages::fallback_with_contract("_", what))?;
    Ok(Matcher::Fallback(underscore))
}

/// Parses `GET | HEAD`, or nothing before the path.
fn read_methods(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let mut methods: Vec<Ident> = Vec::new();
    let error = list_of_methods(input)
        .or_else(|| foreign::negated_method(input))
        .or_else(|| foreign::named_option(input, None));
    if let Some(error) = error {
        return Err(error);
    }
    if input.peek(Token![|]) {
        return Err(input.error(messages::missing_method()));
    }
    while input.peek(syn::Ident::peek_any) && !starts_expression(input) {
        methods.push(input.call(Ident::parse_any)?);
        if let Some(error) = wrong_after_method(input, &methods) {
            return Err(error);
        }
        if !input.peek(Token![|]) {
            break;
        }
        input.parse::<Token![|]>()?;
        if !input.peek(syn::Ident::peek_any) {
            return Err(input.error(messages::missing_method()));
        }
    }
    Ok(methods)
}

/// Returns whether `PRODUCTS => …`, `concat!(…) => …` or `paths::HOME => …` follows: a path that is not a literal.
fn starts_expression(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let Ok(word) = ahead.call(Ident::parse_any) else {
        return false;
    };
    !is_method(&word)
        && (ahead.peek(Token![!])
            || ahead.peek(Token![::])
            || ahead.peek(Token![=>])
            || ahead.peek(Token![.])
            || ahead.peek(syn::token::Paren))
}

pub(super) fn is_method(word: &Ident) -> bool {
    Methods::named(&word.to_string().to_uppercase()).is_some()
}

/// Reports methods in brackets: `[GET, POST] "/x"`, `(GET | POST) "/x"`.
fn list_of_methods(input: ParseStream<'_>) -> Option<syn::Error> {
    let Ok(TokenTree::Group(group)) = input.fork().parse::<TokenTree>() else {
        return None;
    };
    // `macro_rules!` wraps fragments in invisible groups.
    if group.delimiter() == Delimiter::None {
        return None;
    }
    let methods = idents(group.stream());
    let all = !methods.is_empty() && methods.iter().all(is_method);
    all.then(|| syn::Error::new(group.span(), messages::methods_not_joined(&methods)))
}

/// Reports `GET, "/x"`, `GET("/x")`, `GET, POST "/x"`: methods written like a function call or a list.
fn wrong_after_method(input: ParseStream<'_>, methods: &[Ident]) -> Option<syn::Error> {
    let method = methods.last()?.to_string().to_uppercase();
    let ahead = input.fork();
    let token: TokenTree = ahead.parse().ok()?;
    if let Some(error) = foreign::other_mount(methods.last()?, input) {
        return Some(error);
    }
    if !is_method(methods.last()?) && input.peek(Token![:]) {
        let name = methods.last()?;
        let message = messages::unknown_method(&name.to_string());
        return Some(syn::Error::new(name.span(), message));
    }
    let joins =
        ahead.peek(syn::Ident::peek_any) || input.peek(Token![||]) || input.peek(Token![&&]);
    let message = match &token {
        TokenTree::Punct(sign) if joins && (sign.as_char() != '|' || input.peek(Token![||])) => {
            all_methods(methods, input)?
        }
        TokenTree::Punct(sign) if matches!(sign.as_char(), ',' | ':') && ahead.peek(Lit) => {
            let path: Lit = ahead.parse().ok()?;
            let path = path.to_token_stream().to_string();
            messages::punct_after_method(&sign.to_string(), &method, &path)
        }
        TokenTree::Group(group)
            if group.delimiter() != Delimiter::None
                && syn::parse2::<LitStr>(group.stream()).is_ok() =>
        {
            messages::called_method(&method, &group.stream().to_string())
        }
        TokenTree::Ident(word) if is_method(word) || is_conjunction(word) => {
            all_methods(methods, input)?
        }
        TokenTree::Ident(word) => keyword::after_method(word)?,
        _ => return None,
    };
    Some(syn::Error::new(token.span(), message))
}

fn all_methods(methods: &[Ident], input: ParseStream<'_>) -> Option<String> {
    let mut all = methods.to_vec();
    for word in idents(tokens_before_arrow(input)) {
        if is_method(&word) {
            all.push(word);
        } else if !is_conjunction(&word) {
            break;
        }
    }
    (all.len() > methods.len()).then(|| messages::methods_not_joined(&all))
}

/// Returns whether the word joins methods, as in `GET or POST`.
fn is_conjunction(word: &Ident) -> bool {
    word == "or" || word == "and"
}

fn idents(tokens: TokenStream) -> Vec<Ident> {
    let idents = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    idents.collect()
}

/// Returns whether `=>` follows anywhere in the input.
pub(super) fn has_arrow(input: ParseStream<'_>) -> bool {
    let all = input.cursor().token_stream().into_iter().count();
    tokens_before_arrow(input).into_iter().count() < all
}

pub(super) fn read_name(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    if !input.peek(Token![as]) {
        return Ok(None);
    }
    input.parse::<Token![as]>()?;
    let span = input.span();
    if let Ok(name) = input.fork().parse::<Ident>() {
        let ahead = input.fork();
        ahead.parse::<Ident>()?;
        if !ahead.peek(Token![::]) {
            input.parse::<Ident>()?;
            return Ok(Some(name));
        }
    }
    let text = messages::source_text(&tokens_before_arrow(input));
    Err(syn::Error::new(span, messages::route_name(&text)))
}

/// Reads the tokens between `if` and `=>`. rustc parses the expression.
pub(super) fn read_guard(input: ParseStream<'_>) -> syn::Result<Option<TokenStream>> {
    if !input.peek(Token![if]) {
        return Ok(None);
    }
    let span = input.span();
    input.parse::<Token![if]>()?;
    let guard = tokens_before_arrow(input);
    if guard.is_empty() {
        return Err(syn::Error::new(span, messages::empty_guard()));
    }
    if let Some(error) = wrong_in_guard(&guard) {
        return Err(error);
    }
    if !has_arrow(input)
        && let Some(error) = missing_arrow_after_guard(&guard)
    {
        return Err(error);
    }
    advance_to_arrow(input)?;
    Ok(Some(guard))
}

/// Reports `if admin { … }` and `if admin -> "a"`: the reply follows the condition, but `=>` is missing.
fn missing_arrow_after_guard(guard: &TokenStream) -> Option<syn::Error> {
    let parser = |input: ParseStream<'_>| {
        Expr::parse_without_eager_brace(input)?;
        input.parse::<TokenStream>()
    };
    let rest = parser.parse2(guard.clone()).ok()?;
    let first = rest.clone().into_iter().next()?;
    let message = match arrow_sign(&rest).as_str() {
        "" => messages::arrow_left_out(&messages::source_text(&rest)),
        sign => messages::wrong_arrow(sign),
    };
    Some(syn::Error::new(first.span(), message))
}

/// Reports code that cannot be part of a guard or follow one: `if admin;`, `if admin as name`, `if admin if late`.
fn wrong_in_guard(guard: &TokenStream) -> Option<syn::Error> {
    let tokens: Vec<TokenTree> = guard.clone().into_iter().collect();
    let semicolon = tokens
        .iter()
        .find(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';'));
    if let Some(semicolon) = semicolon {
        return Some(syn::Error::new(
            semicolon.span(),
            messages::semicolon_in_guard(),
        ));
    }
    let second = tokens.windows(2).find(|pair| begins_guard(pair));
    if let Some(second) = second {
        return Some(syn::Error::new(second[1].span(), messages::second_guard()));
    }
    if let Some(error) = wrong_after_guard(&tokens).or_else(|| foreign::closure_as_guard(&tokens)) {
        return Some(error);
    }
    match tokens.as_slice() {
        // A condition may end with a cast to a number: `a == b as u32`.
        [.., TokenTree::Ident(word), TokenTree::Ident(name)]
            if word == "as" && !is_primitive(&name.to_string()) =>
        {
            let message = messages::name_after_guard(&name.to_string());
            Some(syn::Error::new(word.span(), message))
        }
        _ => None,
    }
}

/// Returns whether an `if` follows the end of an expression.
fn begins_guard(pair: &[TokenTree]) -> bool {
    let [before, TokenTree::Ident(word)] = pair else {
        return false;
    };
    let ends = match before {
        TokenTree::Ident(word) => !matches!(
            word.to_string().as_str(),
            "else" | "return" | "break" | "in" | "match" | "if" | "let" | "move" | "async"
        ),
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
        TokenTree::Punct(_) => false,
    };
    word == "if" && ends
}

pub(super) fn tokens_before_arrow(input: ParseStream<'_>) -> TokenStream {
    let ahead = input.fork();
    let mut tokens = TokenStream::new();
    while !ahead.is_empty() && !ahead.peek(Token![=>]) {
        match ahead.parse::<TokenTree>() {
            Ok(token) => tokens.extend([token]),
            Err(_) => break,
        }
    }
    tokens
}

fn advance_to_arrow(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![=>]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}
