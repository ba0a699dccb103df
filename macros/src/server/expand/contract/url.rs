//! The query of a URL function.

use crate::server::model::{Query, Route};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

/// Expands the arguments for the query. Parameters that can be omitted have the type `impl Into<Option<T>>`.
pub(in super::super) fn expand_arguments(route: &Route) -> impl Iterator<Item = TokenStream> {
    route.contract.query.iter().map(|query| {
        let (ident, ty) = (&query.ident, &query.ty);
        match left_out(query) {
            Some(inner) => {
                quote!(#ident: impl ::core::convert::Into<::core::option::Option<#inner>>)
            }
            None => quote!(#ident: #ty),
        }
    })
}

/// Expands the URL of a route with a query:
///
/// ```ignore
/// ::onward::__private::Url::new("/products").maybe::<u32>("page", page).with("tag", &tag).finish()
/// ```
///
/// rustc reports at `span`, the name of the route, if a type cannot be written into a URL.
pub(in super::super) fn expand_url(
    path: &TokenStream,
    route: &Route,
    span: Span,
    private: &TokenStream,
) -> TokenStream {
    let calls = route.contract.query.iter().map(|query| {
        let key = &query.key;
        let mut ident = query.ident.clone();
        ident.set_span(ident.span().located_at(span));
        let method = |name| Ident::new(name, Span::call_site().located_at(span));
        if query.all {
            let all = method("all");
            return quote_spanned!(span=> .#all(&#ident));
        }
        match left_out(query) {
            Some(inner) => {
                let maybe = method("maybe");
                quote_spanned!(span=> .#maybe::<#inner>(#key, #ident))
            }
            None => {
                let with = method("with");
                quote_spanned!(span=> .#with(#key, &#ident))
            }
        }
    });
    quote!(#private::Url::new(#path) #(#calls)* .finish())
}

/// Returns the type of the value of a parameter that can be omitted because it has a default or is an `Option`.
fn left_out(query: &Query) -> Option<&syn::Type> {
    match &query.default {
        Some(_) => Some(&query.ty),
        None if query.all => None,
        None => query.optional(),
    }
}
