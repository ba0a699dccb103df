//! The decision: the call of `decide` before the first route, and the calls after guards that failed.

use super::Handler;
use crate::server::ast::TrailingSlash;
use crate::server::expand::names::GeneratedNames;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};

impl Handler<'_> {
    /// Expands the decision, which is before the first route, so that statements above it can still change the request.
    pub(super) fn expand_decision(&self) -> TokenStream {
        let GeneratedNames {
            path,
            method,
            route,
            ..
        } = self.names;
        let request = &self.arguments.request;
        let keep_method = self.needs_method().then(|| {
            quote! {
                let #method = ::core::clone::Clone::clone(&#request.method);
            }
        });
        let from = if self.needs_method() {
            quote!(&#method)
        } else {
            quote!(&#request.method)
        };
        let mutable = self.names.guarded.then(|| quote!(mut));
        let alias = self.expand_alias();
        if !self.keeps_path() {
            let text = self.expand_path_as("path");
            let first = self.expand_decide(&from, &text, 0);
            return quote!(#alias let #mutable #route = #first;);
        }
        let path_of = self.expand_path_as("own_path");
        let first = self.expand_decide(&from, &quote!(#path), 0);
        quote! {
            #alias
            let #path = #path_of;
            #keep_method
            let #mutable #route = #first;
        }
    }

    /// Expands the expression for the path of the request:
    ///
    /// ```ignore
    /// type __Route<'p> = shop<'p>;
    /// ```
    fn expand_alias(&self) -> TokenStream {
        let (alias, declared) = (&self.names.routes, self.names.declared());
        let generics = self.names.generics();
        quote!(type #alias #generics = #declared;)
    }

    /// ```ignore
    /// ::onward::__private::path(&req.url)?
    /// ```
    fn expand_path_as(&self, function: &str) -> TokenStream {
        let (span, private) = (self.span, &self.private);
        let function = Ident::new(function, span);
        let mut request = self.arguments.request.clone();
        request.set_span(request.span().located_at(span));
        quote_spanned!(span=> #private::#function(&#request.url)?)
    }

    /// Returns whether the path must outlive the first decision, after which `req` may have been moved: for parameters
    /// that borrow from it, or for another decision.
    fn keeps_path(&self) -> bool {
        self.names.borrows || self.needs_method()
    }

    /// Returns whether another decision may follow the first one, by which time `req` may have been moved.
    fn needs_method(&self) -> bool {
        let redirects = self.server.options.trailing_slash == TrailingSlash::Redirect;
        let asks = self.server.mounts() && !self.server.unmatched.is_empty();
        self.names.guarded || redirects || asks
    }

    pub(super) fn expand_decide(
        &self,
        method: &TokenStream,
        path: &TokenStream,
        skip: usize,
    ) -> TokenStream {
        let GeneratedNames {
            private, routes, ..
        } = self.names;
        let text = match self.server.options.trailing_slash {
            TrailingSlash::Ignore => quote!(#private::without_trailing_slash(&#path)),
            TrailingSlash::Strict | TrailingSlash::Redirect => quote!(&#path),
        };
        let skip = Literal::usize_unsuffixed(skip);
        let skip = self.names.guarded.then(|| quote!(, #skip));
        quote!(#routes::decide(#method, #text #skip))
    }
}
