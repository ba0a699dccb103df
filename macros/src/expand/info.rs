//! `shop::ROUTES`: what there is, for listings and documentation.

use super::names::Names;
use crate::model::{Fallback, ParamKind, Route, Server};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

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
    let methods: Vec<&str> = if route.methods.is_any() {
        vec!["ANY"]
    } else {
        route.methods.names().collect()
    };
    let path = route.path.value();
    let params = route
        .pattern
        .params()
        .zip(&route.params)
        .map(|(written, param)| {
            let name = &written.name;
            match &param.kind {
                ParamKind::Text => quote!(#private::route_param(#name)),
                ParamKind::Rest => quote!(#private::rest_param(#name)),
                ParamKind::Typed(_) => {
                    let ty = written.ty.as_deref().unwrap_or_default();
                    quote!(#private::typed_param(#name, #ty))
                }
            }
        });
    let name = expand_name(route.name.as_ref());
    let docs = &route.attributes.docs;
    let line = u32::try_from(route.line).unwrap_or(u32::MAX);
    quote! {
        #(#cfgs)*
        #private::route_info(&[#(#methods),*], #path, &[#(#params),*], #name, #docs, #line)
    }
}

/// The fallback is listed as `ANY _`.
fn expand_fallback(fallback: &Fallback, names: &Names) -> TokenStream {
    let private = &names.private;
    let cfgs = &fallback.attributes.cfgs;
    let docs = &fallback.attributes.docs;
    let line = u32::try_from(fallback.line).unwrap_or(u32::MAX);
    let name = expand_name(None);
    quote! {
        #(#cfgs)*
        #private::route_info(&["ANY"], "_", &[], #name, #docs, #line)
    }
}

fn expand_name(name: Option<&Ident>) -> TokenStream {
    match name {
        Some(name) => {
            let name = name.to_string();
            quote!(::core::option::Option::Some(#name))
        }
        None => quote!(::core::option::Option::None),
    }
}
