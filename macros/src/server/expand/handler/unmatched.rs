//! The response if no route matches: at `unmatched`, in the fallback, or at the end of the handler.

use super::Handler;
use crate::server::ast::TrailingSlash;
use crate::server::expand::names::GeneratedNames;
use crate::server::model::{Fallback, RouteAttributes, Unmatched};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

impl Handler<'_> {
    /// Expands the fallback. A conditional one also needs the code for builds without it:
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

    /// Expands `route!(unmatched)`, which responds at this point if no route matches:
    ///
    /// ```text
    /// if let __Route::Unmatched(unmatched) = __route {
    ///     return ::onward::__private::unmatched(unmatched, res);
    /// }
    /// ```
    ///
    /// If other servers are mounted, their routes are considered as well:
    ///
    /// ```text
    /// if let Some(unmatched) = __route.unmatched(&__method, &__path) {
    ///     return ::onward::__private::unmatched_below(unmatched, &__path, res);
    /// }
    /// ```
    pub(super) fn expand_unmatched_here(&self, here: &Unmatched) -> TokenStream {
        let GeneratedNames {
            path,
            method,
            route,
            routes,
            ..
        } = self.names;
        let RouteAttributes { cfgs, lints, .. } = &here.attributes;
        let unmatched = Ident::new("unmatched", Span::mixed_site());
        let mounts = self.server.mounts();
        let reply = here.reply.as_ref().map(|reply| self.expand_return(reply));
        let value = self.expand_reply_here(reply.as_ref(), &unmatched);
        let redirect = self.expand_redirect();
        let redirect = redirect.map(|redirect| quote!(#(#cfgs)* #redirect));
        let condition = if mounts {
            quote!(let ::core::option::Option::Some(#unmatched) = #route.unmatched(&#method, &#path))
        } else if reply.is_some() {
            quote!(let #routes::Unmatched(_) = #route)
        } else {
            quote!(let #routes::Unmatched(#unmatched) = #route)
        };
        quote! {
            #redirect
            #(#cfgs)*
            #(#lints)*
            if #condition {
                #value
            }
        }
    }

    /// Expands the reply of an `unmatched`, or the usual response if it has no reply.
    fn expand_reply_here(&self, reply: Option<&TokenStream>, unmatched: &Ident) -> TokenStream {
        let (private, response) = (&self.private, &self.arguments.response);
        let path = &self.names.path;
        match (reply, self.server.mounts()) {
            (Some(reply), false) => reply.clone(),
            (Some(reply), true) => {
                let redirect = quote_spanned!(self.span=> #private::redirect(&#path, #response));
                quote! {
                    if #unmatched.is_other_slash() {
                        return #redirect;
                    }
                    #reply
                }
            }
            (None, false) => {
                let value = quote_spanned!(self.span=> #private::unmatched(#unmatched, #response));
                quote!(return #value;)
            }
            (None, true) => {
                let value = quote_spanned!(self.span=> #private::unmatched_below(#unmatched, &#path, #response));
                quote!(return #value;)
            }
        }
    }

    fn expand_not_found(&self) -> TokenStream {
        let private = &self.private;
        quote_spanned!(self.span=> #private::not_found())
    }

    /// Expands the end of a handler without a fallback. `decided` is false if there is no decision because the body has
    /// no valid route: only a conditional fallback, or only routes with errors.
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

    /// Expands the redirect, after the last route and before a fallback:
    ///
    /// ```text
    /// if let __Route::Unmatched(unmatched) = __route && unmatched.is_unknown() {
    ///     let other = ::onward::__private::other_slash(&__path);
    ///     if !matches!(__Route::decide(&__method, &other), __Route::Unmatched(_)) {
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
