//! `shop::ROUTES`: the list of routes, for listings and documentation.
//!
//! ```text
//! const ROUTES: &'static [::onward::RouteInfo] = {
//!     use ::onward::__private::{rest, route, text, typed};
//!     #[allow(unused_imports)]
//!     use route as _;
//!     &[
//!         route(&["GET"], "/products/{id: u32}", 4).params(&[typed("id", "u32")]).named("product"),
//!         …
//!     ]
//! };
//! ```

use super::describe;
use crate::server::expand::contract::info::expand_contract;
use crate::server::expand::mount;
use crate::server::expand::names::GeneratedNames;
use crate::server::model::{Fallback, Param, Route, RouteAttributes, Server};
use crate::server::pattern;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

pub(super) fn expand_info(server: &Server, names: &GeneratedNames) -> TokenStream {
    let GeneratedNames { krate, private, .. } = names;
    let vis = &server.function.vis;
    let routes = server.routes.iter();
    let routes = routes.map(|route| expand_route(route, server, names));
    let info = describe::expand_reference(server);
    let fallbacks = server.fallbacks.iter();
    let fallbacks = fallbacks.map(|fallback| expand_fallback(fallback, &info));
    let imports = expand_imports(server);
    let import_used = expand_use_of_macro();
    // The only route that uses a constructor may be compiled out.
    let has_cfg = |route: &Route| !route.attributes.cfgs.is_empty();
    let allow = server.routes.iter().any(has_cfg);
    let allow = allow.then(|| quote!(#[allow(unused_imports)]));
    quote! {
        /// Every route in the order written.
        #vis const ROUTES: &'static [#krate::RouteInfo] = {
            #allow
            use #private::{#imports};
            #import_used
            &[#(#routes,)* #(#fallbacks,)*]
        };
    }
}

/// Marks the import of `route!` as used: `#[server]` removes the user's calls, so rustc would report the import as
/// unused. As a macro name, `route` resolves here to the user's import; without one, it still resolves to the
/// constructor.
fn expand_use_of_macro() -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use route as _;
    }
}

/// Expands the imports of the constructors that the list uses.
fn expand_imports(server: &Server) -> TokenStream {
    let mut names = vec!["route"];
    for param in server.routes.iter().flat_map(|route| &route.params) {
        let name = constructor(param);
        let place = names.partition_point(|it| *it < name);
        if names.get(place) != Some(&name) {
            names.insert(place, name);
        }
    }
    let names = names.into_iter().map(|name| format_ident!("{name}"));
    quote!(#(#names),*)
}

/// Returns the constructor for a parameter.
fn constructor(param: &Param) -> &'static str {
    match param.ty {
        Some(_) => "typed",
        None => param.extent.descriptor(),
    }
}

fn expand_route(route: &Route, server: &Server, names: &GeneratedNames) -> TokenStream {
    let methods = written_methods(route);
    let path = &route.path_text;
    let mounted = route.mount.as_ref();
    let mounted = mounted.and_then(|mount| mount::expand_import(mount, server, names));
    let mounted = mounted.map(|import| quote!(.mounting({ #import __MountedServer::ROUTES })));
    let params = route.pattern.params().zip(&route.params);
    let params = params.map(|(written, param)| {
        let ty = describe::expand_param(param, server, &names.private);
        expand_param(written, param, &ty)
    });
    let params = (!route.params.is_empty()).then(|| quote!(.params(&[#(#params),*])));
    let contract = expand_contract(route, server, &names.private);
    let name = route.name.as_ref().map(|name| {
        let name = name.unraw().to_string();
        quote!(.named(#name))
    });
    let described = describe::expand_route(route, server);
    expand_entry(
        &methods,
        path,
        &quote!(#params #contract #name #mounted #described),
        &route.attributes,
        route.line,
    )
}

/// Lists the fallback, as `ANY _`.
fn expand_fallback(fallback: &Fallback, info: &TokenStream) -> TokenStream {
    let methods = ["ANY".to_owned()];
    expand_entry(&methods, "_", info, &fallback.attributes, fallback.line)
}

fn expand_entry(
    methods: &[String],
    path: &str,
    details: &TokenStream,
    attributes: &RouteAttributes,
    line: usize,
) -> TokenStream {
    let RouteAttributes { cfgs, docs, .. } = attributes;
    let docs = (!docs.is_empty()).then(|| quote!(.documented(#docs)));
    let line = Literal::usize_unsuffixed(line);
    quote! {
        #(#cfgs)*
        route(&[#(#methods),*], #path, #line) #details #docs
    }
}

fn expand_param(written: &pattern::Param, param: &Param, described: &TokenStream) -> TokenStream {
    let constructor = format_ident!("{}", constructor(param));
    let ty = written.ty.as_ref().map(|ty| quote!(, #ty));
    let name = &written.name;
    quote!(#constructor(#name #ty) #described)
}

/// Returns the methods as written: `GET` implies `HEAD`, which is not listed.
fn written_methods(route: &Route) -> Vec<String> {
    if route.mount.is_some() {
        return vec!["ANY".to_owned()];
    }
    if route.written_methods.is_empty() {
        return vec!["GET".to_owned()];
    }
    let written = route.written_methods.iter();
    written.map(ToString::to_string).collect()
}
