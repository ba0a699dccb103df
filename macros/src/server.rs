//! `#[server]`, from tokens to tokens: one phase after the other.

use crate::errors::Errors;
use crate::{ast, check, expand, fallback, model};
use proc_macro2::TokenStream;

pub(crate) fn expand_server(attr: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let Some(ast) = ast::parse(attr, item.clone(), &mut errors) else {
        let mistakes = errors.finish().unwrap_or_default();
        return fallback::item(&item, &mistakes);
    };
    let server = model::lower(ast, &mut errors);
    let checked = check::check(server, &mut errors);
    let mistakes = errors.finish();
    match (checked, mistakes) {
        (Ok(checked), None) => expand::expand(&checked),
        (Ok(checked), Some(mistakes)) => fallback::with_good_routes(&checked, &mistakes),
        (Err(server), mistakes) => fallback::stub(&server, &mistakes.unwrap_or_default()),
    }
}
