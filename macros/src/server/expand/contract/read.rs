//! Reading the query and the body, after the guard.

use super::super::handler::{Handler, binding};
use crate::server::model::{Query, Route, Server, binds};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::Parser;
use syn::{Block, FnArg, Pat, Signature, Stmt, Token};

impl Handler<'_> {
    /// Expands the statements that read the query and the body:
    ///
    /// ```ignore
    /// let page: u32 = req.url.query_or("page", || 1)?;
    /// let Json(new): Json<NewProduct> = req.take_body().read().await?;
    /// ```
    pub(in super::super) fn expand_reading(&self, route: &Route) -> TokenStream {
        let contract = &route.contract;
        let query = contract.query.iter();
        let query = query.map(|query| self.expand_query(query, route));
        let body = contract.body.as_ref().map(|body| {
            let span = self.span;
            let request = self.located_request();
            let mutable = rebinds_request(self.server, &self.arguments.request)
                .then(|| quote_spanned!(span=> let mut #request = #request;));
            let (pattern, ty) = (&body.pattern, &body.ty);
            // The span at which rustc reports that a type is not a body. It is not the span of the type, because
            // editors would resolve the type to this method.
            let read = Ident::new("read", Span::call_site().located_at(body.colon.span));
            quote_spanned! {span=>
                #mutable
                let #pattern: #ty = #request.take_body().#read().await?;
            }
        });
        quote!(#(#query)* #body)
    }

    fn expand_query(&self, query: &Query, route: &Route) -> TokenStream {
        let span = self.span;
        let request = self.located_request();
        let (variable, ty) = (binding(&query.ident), &query.ty);
        // The span at which rustc reports that a type cannot be read from a query.
        let method = |name| Ident::new(name, Span::call_site().located_at(route.path.span()));
        if query.all {
            let named = route.contract.query.iter().filter(|other| !other.all);
            let named = named.map(|other| Literal::string(&other.key));
            let read = method("query_rest");
            return quote_spanned!(span=> let #variable: #ty = #request.url.#read(&[#(#named),*])?;);
        }
        let key = Literal::string(&query.key);
        match &query.default {
            None => {
                let read = method("query");
                quote_spanned!(span=> let #variable: #ty = #request.url.#read(#key)?;)
            }
            Some(default) => {
                let read = method("query_or");
                let value = super::info::default_value(query, default, &self.names.private);
                quote_spanned!(span=> let #variable: #ty = #request.url.#read(#key, || #value)?;)
            }
        }
    }

    /// Returns the request with the span of `?`, so that rustc reports a missing conversion of errors only once: it
    /// merges equal errors with equal spans.
    fn located_request(&self) -> Ident {
        let mut request = self.arguments.request.clone();
        request.set_span(request.span().located_at(self.span));
        request
    }
}

/// Returns whether a statement declares another variable for the request, which might not be mutable.
fn rebinds_request(server: &Server, request: &Ident) -> bool {
    for code in server.statements() {
        let statements = Block::parse_within.parse2(code.clone());
        for statement in statements.unwrap_or_default() {
            if let Stmt::Local(local) = statement
                && binds(&local.pat, request).is_some()
            {
                return true;
            }
        }
    }
    false
}

/// Returns the signature with a mutable request if a route takes the body. The signature is the same for callers.
pub(in super::super) fn with_mutable_request(server: &Server, mut sig: Signature) -> Signature {
    let takes_body = server.routes.iter().any(Route::reads_body);
    if takes_body
        && let Some(FnArg::Typed(request)) = sig.inputs.first_mut()
        && let Pat::Ident(name) = &mut *request.pat
    {
        let span = Span::call_site().located_at(name.ident.span());
        name.mutability.get_or_insert(Token![mut](span));
    }
    sig
}
