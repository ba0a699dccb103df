//! The path to the runtime crate.

use crate::server::ast::Options;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Returns `::onward`, or the path in `#[server(crate = …)]`.
pub(crate) fn crate_path(options: &Options) -> TokenStream {
    match &options.krate {
        Some(path) => path.to_token_stream(),
        None => quote!(::onward),
    }
}
