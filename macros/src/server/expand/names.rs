//! The names that generated code uses.

use super::crate_path::crate_path;
use crate::server::model::{Route, Server};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

/// Paths and local variables. The locals are hygienic, so that the user's statements cannot see them.
pub(super) struct GeneratedNames {
    /// The runtime crate: `::onward`.
    pub(super) krate: TokenStream,
    /// The module of the runtime that generated code uses: `::onward::__private`.
    pub(super) private: TokenStream,
    /// The generated enum: `__shop`. The code refers to the enum by this name, so that an item of the user's with the
    /// name of the function causes one error, at the definition, and none wherever the enum is used.
    pub(super) routes: Ident,
    /// The generated enum, which has the name of the function unless the options specify another one.
    pub(super) urls: Ident,
    pub(super) path: Ident,
    pub(super) method: Ident,
    pub(super) route: Ident,
    /// Whether the enum borrows text from the path.
    pub(super) borrows: bool,
    /// Whether a failed guard causes another decision.
    pub(super) guarded: bool,
}

impl GeneratedNames {
    pub(super) fn new(server: &Server) -> Self {
        let krate = crate_path(&server.options);
        let private = quote!(#krate::__private);
        let local = |name| Ident::new(name, Span::mixed_site());
        let urls = server.options.urls.as_ref();
        let urls = urls.unwrap_or(&server.function.sig.ident);
        Self {
            private,
            krate,
            routes: local("__Route"),
            urls: urls.clone(),
            path: local("__path"),
            method: local("__method"),
            route: local("__route"),
            borrows: server.routes.iter().any(Route::borrows),
            guarded: server.routes.iter().any(Route::is_guarded),
        }
    }

    /// Returns `<'p>` if the enum borrows, otherwise nothing.
    pub(super) fn generics(&self) -> TokenStream {
        if self.borrows { quote!(<'p>) } else { quote!() }
    }

    /// Returns the enum with its generics: `shop<'p>`. All tokens have the span of the name, because rustc merges equal errors
    /// with equal spans.
    pub(super) fn declared(&self) -> TokenStream {
        let urls = &self.urls;
        let generics = self.borrows.then(|| quote_spanned!(urls.span()=> <'p>));
        quote!(#urls #generics)
    }
}
