//! Functions and types of other frameworks, such as `redirect("/")` and `Status::NotFound`.
//!
//! The macro cannot see whether the program declares or imports such a name. So the code uses an alias, which refers to
//! the program's item if there is one, and otherwise to a stand-in whose use is an error that states what to write
//! instead:
//!
//! ```text
//! use ::onward::__private::name as redirect;     // a macro, so that the next line always finds something
//! use redirect as __onward_redirect;             // the program's function, if there is one
//! use __onward_foreign::*;                       // has another function of that name, which is shadowed
//! ```

mod help;
mod uses;

use crate::messages;
use crate::model::Server;
use help::Context;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
pub(crate) use uses::Uses;
use uses::{Name, Use};

/// The names that the code uses as in other frameworks.
pub(crate) fn uses(server: &Server) -> Uses {
    Uses::find(server.code(), &server.argument_names())
}

fn alias(name: &str) -> Ident {
    format_ident!("__onward_{name}", span = Span::mixed_site())
}

/// The code with aliases in place of the names.
pub(crate) fn rename(code: TokenStream, uses: &Uses) -> TokenStream {
    if uses.is_empty() {
        return code;
    }
    let mut is_member = false;
    let tokens = code.into_iter().map(|token| {
        let after_dot = std::mem::replace(&mut is_member, ends_path(&token));
        match token {
            TokenTree::Group(group) => {
                let inside = rename(group.stream(), uses);
                let mut new = proc_macro2::Group::new(group.delimiter(), inside);
                new.set_span(group.span());
                TokenTree::Group(new)
            }
            TokenTree::Ident(name) if !after_dot && uses.has(&name) => {
                let mut alias = alias(&name.to_string());
                alias.set_span(alias.span().located_at(name.span()));
                TokenTree::Ident(alias)
            }
            token => token,
        }
    });
    tokens.collect()
}

/// Whether a name after the token is part of something else: `.name`, `path::name`.
fn ends_path(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), '.' | ':'))
}

/// The aliases and their stand-ins.
pub(crate) fn expand(uses: &Uses, server: &Server, private: &TokenStream) -> Option<TokenStream> {
    let arguments = server.arguments.as_ref()?;
    if uses.is_empty() {
        return None;
    }
    let context = Context {
        function: server.function.sig.ident.to_string(),
        response: arguments.response.to_string(),
    };
    let aliases = uses.names().map(|name| {
        let (alias, name) = (alias(name.text()), name.ident(Span::mixed_site()));
        quote! {
            #[allow(unused_imports)]
            use #private::name as #name;
            #[allow(unused_imports)]
            use #name as #alias;
        }
    });
    let standins = uses.names().map(|name| expand_name(name, &context));
    let module = Ident::new("__onward_foreign", Span::mixed_site());
    Some(quote! {
        #(#aliases)*
        #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
        mod #module {
            #(#standins)*
        }
        #[allow(unused_imports, clippy::wildcard_imports)]
        use #module::*;
    })
}

fn expand_name(name: &Name, context: &Context) -> TokenStream {
    let alias = alias(name.text());
    let is_type = name.uses().iter().any(|it| it.function.is_some());
    let uses = name.uses().iter();
    let (bounds, functions): (Vec<TokenStream>, Vec<TokenStream>) = uses
        .map(|used| expand_function(name, used, &alias, context))
        .unzip();
    let functions = if is_type {
        quote! {
            pub struct #alias;
            impl #alias { #(#functions)* }
        }
    } else {
        quote!(#(#functions)*)
    };
    quote!(#(#bounds)* #functions)
}

/// A bound that is never satisfied, and a function with it.
fn expand_function(
    name: &Name,
    used: &Use,
    alias: &Ident,
    context: &Context,
) -> (TokenStream, TokenStream) {
    let (function, text) = match &used.function {
        Some(function) => (function.clone(), format!("{}::{function}", name.text())),
        None => (alias.clone(), name.text().to_owned()),
    };
    let help = help::help(name.text(), used, context);
    let message = messages::foreign_name(&text, &help);
    let bound = format_ident!("Has_{}", text.replace("::", "_"));
    let marker = format_ident!("{bound}_Marker");
    let count = used.arguments.len();
    let generics: Vec<Ident> = (0..count).map(|at| format_ident!("T{at}")).collect();
    let arguments = (0..count).map(|at| format_ident!("_argument{at}"));
    let bound_tokens = quote! {
        #[diagnostic::on_unimplemented(message = #message, label = "not a part of Onward")]
        pub trait #bound {}
        pub struct #marker;
        #[diagnostic::do_not_recommend]
        impl #bound for #marker {}
    };
    let function = quote! {
        pub fn #function<#(#generics,)* R>(#(#arguments: #generics),*) -> R
        where
            for<'never> (): #bound,
        {
            ::core::unreachable!()
        }
    };
    (bound_tokens, function)
}
