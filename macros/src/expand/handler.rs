//! The user's function with its routes as ifs.
//!
//! ```text
//! async fn shop(req: Request, res: Response, db: Db) -> Result {
//!     let __path = ::onward::__private::path(&req.url)?;
//!     let __route = shop::decide(&req.method, &__path);
//!     if let shop::Product { id } = __route {
//!         return ::onward::__private::answer(db.product(id).await.map(Json), res);
//!     }
//!     …
//!     match __route {
//!         shop::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
//!         _ => ::onward::__private::not_found(),
//!     }
//! }
//! ```

use super::group::{self, Part};
use super::names::Names;
use crate::ast::TrailingSlash;
use crate::fallback;
use crate::model::{
    Answer, Arguments, Fallback, Param, ParamKind, Route, RouteAttributes, Server, Statement, Tail,
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::ReturnType;

/// `first` comes before everything else in the body.
pub(super) fn expand_handler(server: &Server, names: &Names, first: &TokenStream) -> TokenStream {
    let function = &server.function;
    let (attrs, vis) = (&function.attrs, &function.vis);
    let mut sig = function.sig.clone();
    let result = return_type(server, names);
    sig.output = syn::parse_quote!(-> #result);
    let body = expand_body(server, names);
    quote! {
        #(#attrs)*
        #vis #sig {
            #first
            #body
        }
    }
}

/// As written, or `onward::Result`.
pub(super) fn return_type(server: &Server, names: &Names) -> TokenStream {
    match &server.function.sig.output {
        ReturnType::Type(_, ty) => quote!(#ty),
        ReturnType::Default => {
            let krate = &names.krate;
            quote!(#krate::Result)
        }
    }
}

fn expand_body(server: &Server, names: &Names) -> TokenStream {
    let Some(arguments) = &server.arguments else {
        return TokenStream::new();
    };
    let handler = Handler {
        server,
        names,
        arguments,
    };
    let mut decided = false;
    let mut body = TokenStream::new();
    let mut parts = group::parts(server).into_iter().peekable();
    while let Some(part) = parts.next() {
        let decides = !matches!(
            part,
            Part::Statement(Statement::Code(_) | Statement::Fallback(_) | Statement::Broken(_))
        );
        if decides && !decided {
            body.extend(handler.expand_decision());
            decided = true;
        }
        if decided && server.tail != Tail::Unmatched && parts.peek().is_none() {
            body.extend(handler.expand_redirect());
        }
        body.extend(match part {
            Part::Statement(statement) => handler.expand_statement(statement, decided),
            Part::Group(routes) => handler.expand_group(&routes),
        });
    }
    if server.tail == Tail::Unmatched {
        body.extend(handler.expand_redirect().filter(|_| decided));
        body.extend(handler.expand_unmatched(decided));
    }
    body
}

struct Handler<'a> {
    server: &'a Server,
    names: &'a Names,
    arguments: &'a Arguments,
}

impl Handler<'_> {
    /// In front of the first route, so that statements above it may still change the request.
    fn expand_decision(&self) -> TokenStream {
        let Names {
            private,
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
        let first = self.expand_decide(&from, 0);
        let mutable = self.names.guarded.then(|| quote!(mut));
        quote! {
            let #path = #private::path(&#request.url)?;
            #keep_method
            let #mutable #route = #first;
        }
    }

    /// Whether there is a decision behind the first one, when `req` may be gone.
    fn needs_method(&self) -> bool {
        let redirects = self.server.options.trailing_slash == TrailingSlash::Redirect;
        self.names.guarded || redirects
    }

    fn expand_decide(&self, method: &TokenStream, skip: usize) -> TokenStream {
        let Names {
            private,
            routes,
            path,
            ..
        } = self.names;
        let text = match self.server.options.trailing_slash {
            TrailingSlash::Ignore => quote!(#private::without_trailing_slash(&#path)),
            TrailingSlash::Strict | TrailingSlash::Redirect => quote!(&#path),
        };
        let skip = Literal::usize_unsuffixed(skip);
        let skip = self.names.guarded.then(|| quote!(, #skip));
        quote!(#routes::decide(#method, #text #skip))
    }

    fn expand_statement(&self, statement: &Statement, decided: bool) -> TokenStream {
        match statement {
            Statement::Code(code) => code.clone(),
            Statement::Route(index) => self.expand_route(&self.server.routes[*index], *index),
            Statement::Fallback(index) => {
                self.expand_fallback(&self.server.fallbacks[*index], decided)
            }
            Statement::Broken(broken) => fallback::expand_broken(broken),
        }
    }

    /// See `group.rs`.
    fn expand_group(&self, routes: &[usize]) -> TokenStream {
        let Names {
            private,
            routes: name,
            route,
            ..
        } = self.names;
        let all = &self.server.routes;
        let variants = routes.iter().map(|&index| {
            let variant = &all[index].variant;
            let fields = (!all[index].params.is_empty()).then(|| quote!({ .. }));
            quote!(#name::#variant #fields)
        });
        let chain = routes
            .iter()
            .map(|&index| self.expand_route(&all[index], index));
        let result = return_type(self.server, self.names);
        quote! {
            if let #(#variants)|* = #route {
                return #private::group::<#result, _>(async {
                    #(#chain)*
                    #private::not_found()
                })
                .await;
            }
        }
    }

    /// ```text
    /// if let shop::Product { id } = __route {
    ///     return ::onward::__private::answer(…, res);
    /// }
    /// ```
    fn expand_route(&self, route: &Route, index: usize) -> TokenStream {
        let Names {
            routes,
            route: decided,
            ..
        } = self.names;
        let RouteAttributes { cfgs, lints, .. } = &route.attributes;
        let variant = &route.variant;
        let idents = route.params.iter().map(|param| &param.ident);
        let fields = (!route.params.is_empty()).then(|| quote!({ #(#idents),* }));
        let params = route
            .params
            .iter()
            .filter_map(|param| self.expand_param(param));
        let answer = self.expand_return(&route.answer);
        let answer = match &route.guard {
            None => answer,
            Some(guard) => {
                let method = &self.names.method;
                let next = self.expand_decide(&quote!(&#method), index + 1);
                quote! {
                    if #guard { #answer }
                    #decided = #next;
                }
            }
        };
        quote! {
            #(#cfgs)*
            #(#lints)*
            if let #routes::#variant #fields = #decided {
                #(#params)*
                #answer
            }
        }
    }

    /// What the capture is to the answer, where that is not the capture itself.
    fn expand_param(&self, param: &Param) -> Option<TokenStream> {
        let path = &self.names.path;
        let ident = &param.ident;
        match &param.kind {
            ParamKind::Typed(_) => None,
            ParamKind::Rest => Some(quote!(let #ident = #path.rest(#ident);)),
            ParamKind::Text => Some(quote!(let #ident = #path.decode(#ident);)),
        }
    }

    /// Where the fallback depends on a condition, what is there without it comes as well:
    ///
    /// ```text
    /// #[cfg(debug_assertions)]
    /// { ::onward::__private::answer("no such page", res) }
    /// #[cfg(not(debug_assertions))]
    /// { match __route { … } }
    /// ```
    fn expand_fallback(&self, fallback: &Fallback, decided: bool) -> TokenStream {
        let lints = &fallback.attributes.lints;
        let answer = if lints.is_empty() {
            self.expand_value(&fallback.answer)
        } else {
            let answer = self.expand_return(&fallback.answer);
            quote!(#(#lints)* #answer)
        };
        match fallback.attributes.condition() {
            None => answer,
            Some(condition) => {
                let unmatched = self.expand_unmatched(decided);
                quote! {
                    #[cfg(#condition)]
                    { #answer }
                    #[cfg(not(#condition))]
                    { #unmatched }
                }
            }
        }
    }

    fn expand_return(&self, answer: &Answer) -> TokenStream {
        let value = self.expand_value(answer);
        if answer.diverges {
            value
        } else {
            quote!(return #value;)
        }
    }

    fn expand_value(&self, answer: &Answer) -> TokenStream {
        let private = &self.names.private;
        let response = &self.arguments.response;
        let tokens = &answer.tokens;
        if answer.diverges {
            quote!(#tokens)
        } else if answer.sends {
            quote!(#private::sent(#tokens))
        } else {
            quote!(#private::answer(#tokens, #response))
        }
    }

    /// Without a decision there is no route: only a fallback whose condition does not hold, or nothing
    /// that mistakes have left over.
    fn expand_unmatched(&self, decided: bool) -> TokenStream {
        let Names {
            private,
            routes,
            route,
            ..
        } = self.names;
        if !decided {
            return quote!(#private::not_found());
        }
        let response = &self.arguments.response;
        let unmatched = Ident::new("unmatched", Span::mixed_site());
        quote! {
            match #route {
                #routes::Unmatched(#unmatched) => #private::unmatched(#unmatched, #response),
                _ => #private::not_found(),
            }
        }
    }

    /// Behind the last route, in front of a fallback:
    ///
    /// ```text
    /// if let shop::Unmatched(unmatched) = __route && unmatched.is_unknown() {
    ///     let other = ::onward::__private::other_slash(&__path);
    ///     if !matches!(shop::decide(&__method, &other), shop::Unmatched(_)) {
    ///         return ::onward::__private::redirect(&__path, res);
    ///     }
    /// }
    /// ```
    fn expand_redirect(&self) -> Option<TokenStream> {
        if self.server.options.trailing_slash != TrailingSlash::Redirect {
            return None;
        }
        let Names {
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
        Some(quote! {
            if let #routes::Unmatched(#unmatched) = #route && #unmatched.is_unknown() {
                let #other = #private::other_slash(&#path);
                if !::core::matches!(#routes::decide(&#method, &#other #skip), #routes::Unmatched(_)) {
                    return #private::redirect(&#path, #response);
                }
            }
        })
    }
}
