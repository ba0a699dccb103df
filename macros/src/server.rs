//! `#[server]`, from tokens to tokens: one phase after another.

use crate::errors::Errors;
use crate::{ast, check, expand, model, recovery};
use proc_macro2::TokenStream;

/// Expands a server. `describes` adds the description for OpenAPI documents.
pub(crate) fn expand_server_with(
    attr: TokenStream,
    item: TokenStream,
    describes: bool,
) -> TokenStream {
    let mut errors = Errors::new();
    let Some(ast) = ast::parse(attr, item.clone(), describes, &mut errors) else {
        return recovery::item(item, &errors.finish());
    };
    let server = model::lower(ast, &mut errors);
    let mut checked = check::check(server, &mut errors);
    let errors = errors.finish();
    if let Ok(checked) = &mut checked {
        checked.rename_foreign();
        checked.mark_held_locks();
    }
    match checked {
        Ok(checked) if errors.is_empty() => expand::expand(&checked),
        Ok(checked) => recovery::with_valid_routes(checked, &errors),
        Err(server) => recovery::stub(&server, &errors),
    }
}
