//! `#[server(crate = path, trailing_slash = strict, urls = Name, security = SCHEME, openapi = strict)]`

use super::{Options, TrailingSlash};
use crate::errors::Errors;
use crate::messages;
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Ident, LitStr, Path, Token};

pub(super) fn parse(attr: TokenStream, describes: bool, errors: &mut Errors) -> Options {
    let mut options = Options {
        describes,
        ..Options::default()
    };
    let mut seen: Vec<String> = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            read_option(input, &mut options, &mut seen)?;
            if !input.is_empty() {
                input.parse::<Token![,]>().map_err(|error| {
                    syn::Error::new(error.span(), messages::options_not_separated())
                })?;
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(attr) {
        errors.add(error);
    }
    options
}

fn read_option(
    input: ParseStream<'_>,
    options: &mut Options,
    seen: &mut Vec<String>,
) -> syn::Result<()> {
    let name = read_name(input)?;
    let key = name.to_string();
    if seen.contains(&key) {
        return Err(syn::Error::new(
            name.span(),
            messages::duplicate_option(&key),
        ));
    }
    match key.as_str() {
        "crate" => {
            expect_equals(input, &name)?;
            options.krate = Some(read_crate(input)?);
        }
        "trailing_slash" => {
            expect_equals(input, &name)?;
            options.trailing_slash = read_trailing_slash(input)?;
        }
        "urls" => {
            expect_equals(input, &name)?;
            options.urls = Some(read_urls(input)?);
        }
        "openapi" | "security" if !options.describes => {
            let message = messages::option_without_feature(&key);
            return Err(syn::Error::new(name.span(), message));
        }
        "openapi" => {
            expect_equals(input, &name)?;
            options.strict = read_strict(input)?;
        }
        "security" => {
            expect_equals(input, &name)?;
            options.security = read_security(input)?;
        }
        _ => {
            return Err(syn::Error::new(name.span(), messages::unknown_option(&key)));
        }
    }
    seen.push(key);
    Ok(())
}

fn read_name(input: ParseStream<'_>) -> syn::Result<Ident> {
    if let Ok(path) = input.fork().parse::<LitStr>() {
        let message = messages::path_as_option(path.value().trim_end_matches('/'));
        return Err(syn::Error::new(path.span(), message));
    }
    input
        .call(Ident::parse_any)
        .map_err(|_| input.error(messages::unknown_option(&input.to_string())))
}

fn expect_equals(input: ParseStream<'_>, name: &Ident) -> syn::Result<()> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>().map(drop)
    } else {
        Err(syn::Error::new(
            name.span(),
            messages::option_without_value(&name.to_string()),
        ))
    }
}

fn read_crate(input: ParseStream<'_>) -> syn::Result<Path> {
    input
        .call(Path::parse_mod_style)
        .map_err(|_| syn::Error::new(span_here(input), messages::crate_option()))
}

fn read_trailing_slash(input: ParseStream<'_>) -> syn::Result<TrailingSlash> {
    let span = span_here(input);
    let word = input.call(Ident::parse_any);
    match word.map(|word| word.to_string()).as_deref() {
        Ok("strict") => Ok(TrailingSlash::Strict),
        Ok("ignore") => Ok(TrailingSlash::Ignore),
        Ok("redirect") => Ok(TrailingSlash::Redirect),
        _ => Err(syn::Error::new(span, messages::trailing_slash_option())),
    }
}

fn read_urls(input: ParseStream<'_>) -> syn::Result<Ident> {
    let span = span_here(input);
    let urls = input.parse::<Ident>();
    urls.map_err(|_| syn::Error::new(span, messages::urls_option()))
}

fn read_strict(input: ParseStream<'_>) -> syn::Result<bool> {
    let span = span_here(input);
    let word = input.call(Ident::parse_any);
    match word.map(|word| word.to_string()).as_deref() {
        Ok("strict") => Ok(true),
        _ => Err(syn::Error::new(span, messages::openapi_option())),
    }
}

fn read_security(input: ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let span = span_here(input);
    match input.parse::<Expr>() {
        Ok(Expr::Array(array)) => Ok(array.elems.into_iter().collect()),
        Ok(scheme) => Ok(vec![scheme]),
        Err(_) => Err(syn::Error::new(span, messages::security_option())),
    }
}

fn span_here(input: ParseStream<'_>) -> Span {
    input.span()
}
