//! The user's function with its routes as `if`s.
//!
//! ```text
//! async fn shop(req: Request, res: Response, db: Db) -> Result {
//!     type __Route = shop;
//!     let __route = __Route::decide(&req.method, &::onward::__private::path(&req.url)?);
//!     if let __Route::Product { id } = __route {
//!         ::onward::__private::matched(&res, "/products/{id: u32}");
//!         return ::onward::__private::reply(db.product(id).await.map(Json), res);
//!     }
//!     …
//!     match __route {
//!         __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
//!         _ => ::onward::__private::not_found(),
//!     }
//! }
//! ```

mod decision;
mod group;
mod item_reply;
mod lints;
mod reply;
mod unmatched;
mod value_place;

pub(crate) use lints::expand_use_of_macros;

use super::names::GeneratedNames;
use super::{contract, mount};
use crate::server::model::{Arguments, Param, Route, RouteAttributes, Server, Statement, Tail};
use crate::server::recovery;
use group::GroupItem;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ReturnType;

/// Expands the function. `first` is put at the start of the body.
pub(super) fn expand_handler(
    server: &Server,
    names: &GeneratedNames,
    first: &TokenStream,
) -> TokenStream {
    let function = &server.function;
    let (attrs, vis) = (&function.attrs, &function.vis);
    let mut sig = contract::with_mutable_request(server, function.sig.clone());
    let result = return_type(server, names);
    sig.output = syn::parse_quote!(-> #result);
    let macros = lints::expand_use_of_macros(&server.macros);
    let body = expand_body(server, names);
    // If the braces had a span of the macro, rustc would treat the function as generated and not warn if it is unused.
    let body = quote!(#first #macros #body);
    let body = match &function.wrapper {
        Some(wrapper) => wrapper.wrap(&body),
        None => body,
    };
    let mut block = Group::new(Delimiter::Brace, body);
    block.set_span(function.span);
    let allow = lints::expand_allow(server);
    quote! {
        #(#attrs)*
        #allow
        #vis #sig #block
    }
}

/// Returns the declared return type, or `onward::Result`.
pub(super) fn return_type(server: &Server, names: &GeneratedNames) -> TokenStream {
    match &server.function.sig.output {
        ReturnType::Type(_, ty) => quote!(#ty),
        ReturnType::Default => {
            let krate = &names.krate;
            quote!(#krate::Result)
        }
    }
}

fn expand_body(server: &Server, names: &GeneratedNames) -> TokenStream {
    let Some(arguments) = &server.arguments else {
        return TokenStream::new();
    };
    let span = arrow_span(server);
    let handler = Handler {
        server,
        names,
        arguments,
        span,
        private: match &server.options.krate {
            Some(_) => names.private.clone(),
            None => reply::located(&names.private, span),
        },
        own_error: reply::has_own_error(&server.function.sig.output),
    };
    let mut decided = false;
    let mut body = TokenStream::new();
    let mut items = group::items(server).into_iter().peekable();
    while let Some(item) = items.next() {
        let decides = !matches!(
            item,
            GroupItem::Statement(
                Statement::Code(_) | Statement::Fallback(_) | Statement::Partial(_)
            )
        );
        if decides && !decided {
            body.extend(handler.expand_decision());
            decided = true;
        }
        if decided && server.tail != Tail::Unmatched && items.peek().is_none() {
            body.extend(handler.expand_redirect());
        }
        body.extend(match item {
            GroupItem::Statement(statement) => handler.expand_statement(statement, decided),
            GroupItem::Group(routes) => handler.expand_group(&routes),
        });
    }
    if server.tail == Tail::Unmatched {
        body.extend(handler.expand_redirect().filter(|_| decided));
        body.extend(handler.expand_unmatched(decided));
    }
    body
}

pub(super) struct Handler<'a> {
    pub(super) server: &'a Server,
    pub(super) names: &'a GeneratedNames,
    pub(super) arguments: &'a Arguments,
    /// The span at which rustc reports that the handler's error type cannot be converted from ours. rustc merges equal
    /// errors with equal spans.
    pub(super) span: Span,
    /// [`GeneratedNames::private`] with this span.
    pub(super) private: TokenStream,
    /// Whether the signature may have an error type other than `onward::Error`.
    pub(super) own_error: bool,
}

/// Returns the pattern that binds a variable. An uppercase name may be a constant, and a pattern would silently
/// compare with it. `ID @ _` can only bind a variable, and rustc rejects it if there is such a constant.
pub(super) fn binding(ident: &Ident) -> TokenStream {
    if ident.to_string().starts_with(char::is_uppercase) {
        quote!(#ident @ _)
    } else {
        quote!(#ident)
    }
}

fn expand_field(param: &Param) -> TokenStream {
    let ident = &param.ident;
    let binding = binding(ident);
    if ident.to_string().starts_with(char::is_uppercase) {
        quote!(#ident: #binding)
    } else {
        binding
    }
}

fn mount_field(route: &Route) -> Option<Ident> {
    route.mount.as_ref().map(|_| mount::allow_field())
}

/// Returns whether a parameter is named `_name` and unused, so that it is not decoded.
fn is_left_unused(param: &Param, route: &Route) -> bool {
    let name = param.ident.to_string();
    name.starts_with('_') && !route.reply.uses(&name)
}

/// Returns the span at which rustc reports that the error type cannot be converted from ours: the arrow of the first
/// route that reads a query or a body, which can fail, otherwise the arrow before the return type. The spans of types
/// are not used, because editors follow the user's tokens.
fn arrow_span(server: &Server) -> Span {
    let reads = |route: &&Route| !route.contract.query.is_empty() || route.contract.body.is_some();
    let place = match &server.function.sig.output {
        ReturnType::Default => return Span::call_site(),
        ReturnType::Type(arrow, _) => match server.routes.iter().find(reads) {
            Some(route) => route.reply.arrow,
            None => arrow.spans[0],
        },
    };
    Span::call_site().located_at(place)
}

impl Handler<'_> {
    fn expand_statement(&self, statement: &Statement, decided: bool) -> TokenStream {
        match statement {
            Statement::Code(code) => code.clone(),
            Statement::Route(index) => self.expand_route(&self.server.routes[*index], *index),
            Statement::Fallback(index) => {
                self.expand_fallback(&self.server.fallbacks[*index], decided)
            }
            Statement::Unmatched(index) => {
                self.expand_unmatched_here(&self.server.unmatched[*index])
            }
            Statement::Partial(partial) => recovery::expand_skipped_route(partial),
        }
    }

    /// Expands the block of several routes: see `group.rs`.
    fn expand_group(&self, routes: &[usize]) -> TokenStream {
        let GeneratedNames {
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

    /// Expands a route:
    ///
    /// ```text
    /// if let __Route::Product { id } = __route {
    ///     return ::onward::__private::reply(…, res);
    /// }
    /// ```
    fn expand_route(&self, route: &Route, index: usize) -> TokenStream {
        let GeneratedNames {
            routes,
            route: decided,
            ..
        } = self.names;
        let RouteAttributes { cfgs, lints, .. } = &route.attributes;
        let variant = &route.variant;
        let fields = route.params.iter().map(expand_field);
        let allow = mount_field(route).map(|allow| quote!(#allow));
        let mut fields: Vec<TokenStream> = fields.collect();
        fields.extend(allow);
        let fields = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
        let params = route
            .params
            .iter()
            .filter(|param| !is_left_unused(param, route))
            .filter_map(|param| self.expand_param(param));
        let mount = self.expand_mount(route);
        let matched = self.expand_matched(route);
        let reading = self.expand_reading(route);
        let reply = match &route.contract.reply {
            Some(ty) => self.expand_typed_return(&route.reply, ty),
            None => self.expand_return(&route.reply),
        };
        let reply = quote!(#matched #mount #reading #reply);
        let reply = match &route.guard {
            None => reply,
            Some(guard) => {
                let GeneratedNames { method, path, .. } = self.names;
                let next = self.expand_decide(&quote!(&#method), &quote!(#path), index + 1);
                quote! {
                    if #guard { #reply }
                    #decided = #next;
                }
            }
        };
        quote! {
            #(#cfgs)*
            #(#lints)*
            if let #routes::#variant #fields = #decided {
                #(#params)*
                #reply
            }
        }
    }

    /// Expands the statement that prepares the request and the response for the mounted server:
    ///
    /// ```ignore
    /// let (req, res) = ::onward::__private::mount(req, res, (1, "/admin"), __allow);
    /// ```
    fn expand_mount(&self, route: &Route) -> Option<TokenStream> {
        let allow = mount_field(route)?;
        let Arguments { request, response } = self.arguments;
        let (private, segments) = (&self.names.private, mount::segments(route));
        let pattern = &route.path_text;
        Some(quote! {
            let (#request, #response) =
                #private::mount(#request, #response, (#segments, #pattern), #allow);
        })
    }

    /// Expands the call that records the matched route for a server with listeners. A route that does not respond may
    /// have moved the response. This call is also added before an unfinished expression, because rust-analyzer compares
    /// by offset: see [`Self::expand_unfinished`].
    ///
    /// ```ignore
    /// ::onward::__private::matched(&res, "/products/{id}");
    /// ```
    fn expand_matched(&self, route: &Route) -> Option<TokenStream> {
        let is_reply = route.mount.is_none() && !route.reply.diverges;
        let (private, response) = (&self.names.private, &self.arguments.response);
        let pattern = &route.path_text;
        is_reply.then(|| quote!(#private::matched(&#response, #pattern);))
    }

    /// Expands a binding that shadows the captured text with the parameter's value, if they differ.
    fn expand_param(&self, param: &Param) -> Option<TokenStream> {
        if param.ty.is_some() {
            return None;
        }
        let ident = &param.ident;
        // The span at which rustc reports that a reply borrows from the path.
        let span = Span::call_site().located_at(ident.span());
        let mut path = self.names.path.clone();
        path.set_span(path.span().located_at(span));
        let read = Ident::new(param.extent.reader(), span);
        Some(quote_spanned!(span=> let #ident = #path.#read(#ident);))
    }
}
