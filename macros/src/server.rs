//! `#[server]`, from tokens to tokens: one phase after the other.

use crate::errors::Errors;
use crate::{ast, check, expand, fallback, model};
use proc_macro2::TokenStream;

pub(crate) fn expand_server(attr: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let Some(ast) = ast::parse(attr, item.clone(), &mut errors) else {
        return fallback::item(item, &errors.finish());
    };
    let server = model::lower(ast, &mut errors);
    let checked = check::check(server, &mut errors);
    let mistakes = errors.finish();
    match checked {
        Ok(checked) if mistakes.is_empty() => expand::expand(&checked),
        Ok(checked) => fallback::with_good_routes(checked, &mistakes),
        Err(server) => fallback::stub(&server, &mistakes),
    }
}
