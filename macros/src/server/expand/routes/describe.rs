//! The parts of the expansion that only OpenAPI documents need. They are generated only with the feature `openapi`.
//!
//! ```text
//! #[doc(hidden)]
//! const __SERVER: ServerInfo = server_info!("shop", "The shop.", onward::Result, [Security::bearer()], false);
//!
//! route(…).guarded().of(&Self::__SERVER)
//! typed("id", "ProductId").described(parameter_type!("ProductId", ProductId))
//! ```

use crate::messages;
use crate::server::expand::contract::info::outer_type;
use crate::server::expand::mount;
use crate::server::expand::names::GeneratedNames;
use crate::server::model::{Param, Route, RouteAttributes, Server};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, ReturnType, Type};

/// The types of parameters that the runtime recognizes by their name.
const PRIMITIVES: [&str; 17] = [
    "String", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8",
    "u16", "u32", "u64", "u128", "usize",
];

fn constant() -> Ident {
    Ident::new("__SERVER", Span::call_site())
}

/// Expands `.of(&Self::__SERVER)`.
pub(super) fn expand_reference(server: &Server) -> TokenStream {
    if !server.options.describes {
        return TokenStream::new();
    }
    let constant = constant();
    quote!(.of(&Self::#constant))
}

/// Expands the properties of a route that `ROUTES` would not otherwise have.
pub(super) fn expand_route(route: &Route, server: &Server) -> TokenStream {
    if !server.options.describes {
        return TokenStream::new();
    }
    let guarded = (!route.accepts_all()).then(|| quote!(.guarded()));
    let hidden = route.attributes.is_hidden.then(|| quote!(.hidden()));
    let of = expand_reference(server);
    quote!(#guarded #hidden #of)
}

/// Expands the type of a parameter of the path, unless the name of the type is enough.
pub(super) fn expand_param(param: &Param, server: &Server, private: &TokenStream) -> TokenStream {
    let ty = param.ty.as_deref().filter(|_| server.options.describes);
    let Some(ty) = ty.filter(|ty| !is_primitive(ty)) else {
        return TokenStream::new();
    };
    let Some(outer) = outer_type(ty, server) else {
        return TokenStream::new();
    };
    let text = messages::written(&ty.to_token_stream());
    quote!(.described(#private::parameter_type!(#text, #outer)))
}

fn is_primitive(ty: &Type) -> bool {
    let text = ty.to_token_stream().to_string();
    PRIMITIVES.contains(&text.as_str())
}

/// Expands the constant to which the routes refer.
pub(super) fn expand_server_info(server: &Server, names: &GeneratedNames) -> Option<TokenStream> {
    if !server.options.describes {
        return None;
    }
    let private = &names.private;
    let vis = &server.function.vis;
    let constant = constant();
    let name = server.function.sig.ident.to_string();
    let name = name.trim_start_matches("r#");
    let docs = docs(&server.function.attrs);
    let output = output(server, names);
    let security = &server.options.security;
    let handles_all = mount::expand_handles_all(server).is_some();
    Some(quote! {
        #[doc(hidden)]
        #vis const #constant: #private::ServerInfo =
            #private::server_info!(#name, #docs, (#output), [#(#security),*], #handles_all);
    })
}

/// Returns the return type of the function, if it can be named outside of it.
fn output(server: &Server, names: &GeneratedNames) -> Option<TokenStream> {
    match &server.function.sig.output {
        ReturnType::Default => {
            let krate = &names.krate;
            Some(quote!(#krate::Result))
        }
        ReturnType::Type(_, ty) => outer_type(ty, server),
    }
}

fn docs(attrs: &[Attribute]) -> String {
    let mut docs = RouteAttributes::default();
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident("doc"))
        .for_each(|attr| docs.add_doc(attr));
    docs.docs
}

/// Expands a function that compiles only if every type has a schema, for `openapi = strict`.
pub(super) fn expand_strict(server: &Server, names: &GeneratedNames) -> Option<TokenStream> {
    if !server.options.strict {
        return None;
    }
    let private = &names.private;
    let mut checks = Vec::new();
    for route in &server.routes {
        if route.attributes.is_hidden {
            continue;
        }
        let cfgs = &route.attributes.cfgs;
        let contract = &route.contract;
        let (mut values, mut contents) = (Vec::new(), Vec::new());
        for param in &route.params {
            values.extend(param.ty.as_deref().filter(|ty| !is_primitive(ty)));
        }
        for query in &contract.query {
            values.push(&query.ty);
        }
        contents.extend(contract.body.as_ref().map(|body| &body.ty));
        contents.extend(contract.reply.as_deref());
        checks.push(quote!(#(#cfgs)* { #(value::<#values>();)* #(content::<#contents>();)* }));
    }
    let output = output(server, names).map(|ty| quote!(error::<#ty>();));
    Some(quote! {
        const _: fn() = || {
            #[allow(unused_imports)]
            use #private::strict::{content, error, value};
            #(#checks)*
            #output
        };
    })
}
