//! The type next to the function: its variants identify the routes.

mod decide;
mod describe;
mod info;
mod url;

use super::mount;
use super::names::GeneratedNames;
use crate::server::ast::TrailingSlash;
use crate::server::model::{Route, Server};
use decide::Choice;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(super) fn expand_routes(server: &Server, names: &GeneratedNames) -> TokenStream {
    let GeneratedNames {
        routes, private, ..
    } = names;
    let vis = &server.function.vis;
    let generics = names.generics();
    let variants = server.routes.iter();
    let variants = variants.map(|route| expand_variant(route, names));
    let borrowed = expand_borrowed(server, names);
    let info = info::expand_info(server, names);
    let urls = url::expand_urls(server, names);
    let table = mount::expand_table(server, names);
    let mounting = mount::expand_mounting(server, names);
    let mountable = mount::expand_mountable(server, names);
    let decide = expand_decide(server, names);
    let server_info = describe::expand_server_info(server, names);
    let strict = describe::expand_strict(server, names);
    let alias = expand_alias(server, names);
    let docs = format!(" The enum of which `{}` is an alias.", names.urls);
    // rustc already warns about the variable of an uppercase parameter, so the generated field causes no further
    // warning.
    let capitals = server.routes.iter().any(has_capital);
    let capitals = capitals.then(|| quote!(non_snake_case,));
    quote! {
        #alias

        #[doc = #docs]
        #[allow(dead_code, missing_docs, non_camel_case_types, #capitals private_interfaces)]
        #vis enum #routes #generics {
            #(#variants,)*
            Unmatched(#private::Unmatched),
            #borrowed
        }

        #[allow(dead_code)]
        impl #generics #routes #generics {
            #info
            #urls
            #table
            #mounting
            #mountable
            #server_info
            #decide
        }

        #strict
    }
}

/// Expands the type with the name of the function. If the module already has a type, a module or an import of this
/// name, rustc reports it at the name of the function.
fn expand_alias(server: &Server, names: &GeneratedNames) -> TokenStream {
    let GeneratedNames { routes, urls, .. } = names;
    let (function, vis) = (&server.function.sig.ident, &server.function.vis);
    let generics = names.generics();
    let docs = format!(
        " The routes of `{function}`: a variant for each, and functions that return their URLs."
    );
    let alias = quote_spanned!(urls.span()=> type #urls #generics = #routes #generics;);
    quote! {
        #[doc = #docs]
        #[allow(dead_code, non_camel_case_types, unreachable_pub)]
        #vis #alias
    }
}

/// Expands an additional variant that borrows and is never constructed, if every variant that borrows is conditional:
/// the type needs its lifetime in every configuration.
fn expand_borrowed(server: &Server, names: &GeneratedNames) -> Option<TokenStream> {
    let borrowing = server.routes.iter().filter(|route| route.borrows());
    let mut conditions = borrowing.map(|route| route.attributes.condition());
    let needed = names.borrows && conditions.all(|condition| condition.is_some());
    needed.then(|| quote!(__Borrowed(::core::marker::PhantomData<&'p ()>),))
}

fn expand_decide(server: &Server, names: &GeneratedNames) -> TokenStream {
    let choices: Vec<Choice<'_>> = server.routes.iter().map(choice).collect();
    let bare_rest = server.options.trailing_slash == TrailingSlash::Ignore;
    let vis = &server.function.vis;
    decide::expand_decide(&names.krate, vis, &choices, bare_rest)
}

fn choice(route: &Route) -> Choice<'_> {
    Choice {
        pattern: &route.pattern,
        methods: route.methods,
        variant: &route.variant,
        fields: route.params.iter().map(|it| it.ident.clone()).collect(),
        cfg: route.attributes.condition(),
        is_guarded: route.is_guarded(),
        is_mount: route.mount.is_some(),
        span: route.path.span(),
    }
}

fn expand_variant(route: &Route, names: &GeneratedNames) -> TokenStream {
    let variant = &route.variant;
    let cfgs = &route.attributes.cfgs;
    let fields = route.params.iter().map(|param| {
        let ident = &param.ident;
        match &param.ty {
            Some(ty) => quote!(#ident: #ty),
            None => quote!(#ident: &'p ::core::primitive::str),
        }
    });
    let allow = route.mount.as_ref().map(|_| {
        let (allow, private) = (mount::allow_field(), &names.private);
        quote!(#allow: #private::Allow)
    });
    let mut fields: Vec<TokenStream> = fields.collect();
    fields.extend(allow);
    let fields = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
    quote! {
        #(#cfgs)*
        #variant #fields
    }
}

/// Returns whether the name of a parameter contains an uppercase letter.
fn has_capital(route: &Route) -> bool {
    let mut names = route.params.iter().map(|param| param.ident.to_string());
    names.any(|name| name.contains(char::is_uppercase))
}
