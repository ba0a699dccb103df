//! The end of the handler: the fallback, or what is sent if no route matches.

use super::handler::Handler;
use super::names::GeneratedNames;
use crate::ast::TrailingSlash;
use crate::model::Fallback;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

impl Handler<'_> {
    /// A conditional fallback also needs the code for builds without it:
    ///
    /// ```text
    /// #[cfg(debug_assertions)]
    /// { ::onward::__private::reply("no such page", res) }
    /// #[cfg(not(debug_assertions))]
    /// { match __route { … } }
    /// ```
    pub(super) fn expand_fallback(&self, fallback: &Fallback, decided: bool) -> TokenStream {
        let lints = &fallback.attributes.lints;
        let reply = if lints.is_empty() {
            self.expand_value(&fallback.reply)
        } else {
            let reply = self.expand_return(&fallback.reply);
            quote!(#(#lints)* #reply)
        };
        match fallback.attributes.condition() {
            None => reply,
            Some(condition) => {
                let unmatched = self.expand_unmatched(decided);
                quote! {
                    #[cfg(#condition)]
                    { #reply }
                    #[cfg(not(#condition))]
                    { #unmatched }
                }
            }
        }
    }

    fn expand_not_found(&self) -> TokenStream {
        let private = &self.private;
        quote_spanned!(self.span=> #private::not_found())
    }

    /// Without a decision the server has no routes in this build: they are conditional, or were left out because of
    /// errors.
    pub(super) fn expand_unmatched(&self, decided: bool) -> TokenStream {
        let GeneratedNames { routes, route, .. } = self.names;
        let private = &self.private;
        let not_found = self.expand_not_found();
        if !decided {
            return not_found;
        }
        let response = &self.arguments.response;
        let unmatched = Ident::new("unmatched", Span::mixed_site());
        let reply = quote_spanned!(self.span=> #private::unmatched(#unmatched, #response));
        quote! {
            match #route {
                #routes::Unmatched(#unmatched) => #reply,
                _ => #not_found,
            }
        }
    }

    /// After the last route, before a fallback:
    ///
    /// ```text
    /// if let shop::Unmatched(unmatched) = __route && unmatched.is_unknown() {
    ///     let other = ::onward::__private::other_slash(&__path);
    ///     if !matches!(shop::decide(&__method, &other), shop::Unmatched(_)) {
    ///         return ::onward::__private::redirect(&__path, res);
    ///     }
    /// }
    /// ```
    pub(super) fn expand_redirect(&self) -> Option<TokenStream> {
        if self.server.options.trailing_slash != TrailingSlash::Redirect {
            return None;
        }
        let GeneratedNames {
            private,
            routes,
            path,
            method,
            route,
            ..
        } = self.names;
        let response = &self.arguments.response;
        let unmatched = Ident::new("unmatched", Span::mixed_site());
        let other = Ident::new("other", Span::mixed_site());
        let skip = self.names.guarded.then(|| quote!(, 0));
        let ours = &self.private;
        let redirect = quote_spanned!(self.span=> #ours::redirect(&#path, #response));
        Some(quote! {
            if let #routes::Unmatched(#unmatched) = #route && #unmatched.is_unknown() {
                let #other = #private::other_slash(&#path);
                if !::core::matches!(#routes::decide(&#method, &#other #skip), #routes::Unmatched(_)) {
                    return #redirect;
                }
            }
        })
    }
}
