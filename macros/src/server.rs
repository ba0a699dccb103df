//! `#[server]`, from tokens to tokens: one phase after another.

use crate::errors::Errors;
use crate::{ast, check, expand, model, recovery};
use proc_macro2::TokenStream;

pub(crate) fn expand_server(attr: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let Some(ast) = ast::parse(attr, item.clone(), &mut errors) else {
        return recovery::item(item, &errors.finish());
    };
    let server = model::lower(ast, &mut errors);
    let checked = check::check(server, &mut errors);
    let errors = errors.finish();
    match checked {
        Ok(checked) if errors.is_empty() => expand::expand(&checked),
        Ok(checked) => recovery::with_valid_routes(checked, &errors),
        Err(server) => recovery::stub(&server, &errors),
    }
}
