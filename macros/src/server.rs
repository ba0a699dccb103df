//! `#[server]`, from tokens to tokens: one phase after another.

use crate::check::Checked;
use crate::errors::Errors;
use crate::{ast, check, expand, foreign, model, recovery};
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
    let checked = check::check(server, &mut errors);
    let errors = errors.finish();
    let checked = checked.map(rename_foreign);
    match checked {
        Ok(checked) if errors.is_empty() => expand::expand(&checked),
        Ok(checked) => recovery::with_valid_routes(checked, &errors),
        Err(server) => recovery::stub(&server, &errors),
    }
}

/// Replaces names that other frameworks have with aliases.
fn rename_foreign(mut checked: Checked) -> Checked {
    let uses = foreign::uses(checked.server());
    checked.replace_code(|code| foreign::rename(code, &uses));
    checked.set_foreign(uses);
    checked
}
