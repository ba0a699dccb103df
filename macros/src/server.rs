//! `#[server]`, from tokens to tokens. The output of each phase is the input of the next.
//!
//! ```text
//! tokens → ast → model → checked → tokens
//! ```
//!
//! `pattern` parses a path, `tree` decides between paths, `foreign` knows the names of other frameworks, and `recovery`
//! writes the function if there are errors.

mod ast;
mod check;
mod expand;
mod foreign;
mod model;
pub(crate) mod pattern;
mod primitive;
pub(crate) mod recovery;
pub(crate) mod tree;

use crate::errors::Errors;
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
        expand::mark_held_locks(checked);
    }
    match checked {
        Ok(checked) if errors.is_empty() => expand::expand(&checked),
        Ok(checked) => recovery::with_valid_routes(checked, &errors),
        Err(server) => recovery::stub(&server, &errors),
    }
}
