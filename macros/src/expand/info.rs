//! `shop::ROUTES`: what there is, for listings and documentation.

use super::names::Names;
use crate::model::{Fallback, ParamKind, Route, Server};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

pub(super) fn expand_info(server: &Server, names: &Names) -> TokenStream {
    let krate = &names.krate;
    let vis = &server.function.vis;
    let routes = server.routes.iter().map(|route| expand_route(route, names));
    let fallbacks = server
        .fallbacks
        .iter()
        .map(|fallback| expand_fallback(fallback, names));
    quote! {
        /// Every route in the order written.
        #vis const ROUTES: &'static [#krate::RouteInfo] = &[#(#routes,)* #(#fallbacks,)*];
    }
}

fn expand_route(route: &Route, names: &Names) -> TokenStream {
    let private = &names.private;
    let cfgs = &route.attributes.cfgs;
    let methods = written_methods(route);
    let path = route.path.value();
    let none = expand_text(None);
    let params = route
        .pattern
        .params()
        .zip(&route.params)
        .map(|(written, param)| {
            let name = &written.name;
            match &param.kind {
                ParamKind::Text => quote!(#private::route_param(#name, #none, false)),
                ParamKind::Rest => quote!(#private::route_param(#name, #none, true)),
                ParamKind::Typed(_) => {
                    let ty = expand_text(written.ty.as_deref());
                    quote!(#private::route_param(#name, #ty, false))
                }
            }
        });
    let name = route.name.as_ref().map(|name| name.unraw().to_string());
    let name = expand_text(name.as_deref());
    let docs = &route.attributes.docs;
    let line = u32::try_from(route.line).unwrap_or(u32::MAX);
    quote! {
        #(#cfgs)*
        #private::route_info(&[#(#methods),*], #path, &[#(#params),*], #name, #docs, #line)
    }
}

/// As written, for GET brings HEAD along without a word.
fn written_methods(route: &Route) -> Vec<String> {
    if route.written_methods.is_empty() {
        return vec!["GET".to_owned()];
    }
    let written = route.written_methods.iter();
    written.map(ToString::to_string).collect()
}

/// The fallback is listed as `ANY _`.
fn expand_fallback(fallback: &Fallback, names: &Names) -> TokenStream {
    let private = &names.private;
    let cfgs = &fallback.attributes.cfgs;
    let docs = &fallback.attributes.docs;
    let line = u32::try_from(fallback.line).unwrap_or(u32::MAX);
    let name = expand_text(None);
    quote! {
        #(#cfgs)*
        #private::route_info(&["ANY"], "_", &[], #name, #docs, #line)
    }
}

fn expand_text(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}
