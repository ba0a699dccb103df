//! The output if there are errors: the errors, and the function in a form that causes no follow-up errors.
//!
//! ```text
//! async fn shop(req: Request, res: Response) -> Result {
//!     let __error = compile_error!("…");       // the first error
//!     compile_error!("…");                     // the others
//!     …                                        // valid parts, as without errors
//!     if false {                               // an invalid route
//!         let (users, id) = __error;
//!         let _ = { find(id).await? };
//!     }
//!     …
//! }
//! ```
//!
//! The output relies on two properties of rustc. First, a failed macro call has a type that unifies with every type and
//! causes no further errors. Second, in a function that contains such a value, rustc neither asks for type annotations
//! nor checks moves. So an invalid route keeps its expression: everything that the expression uses counts as used, and
//! editors can complete code in it.

mod habits;

use self::habits::{without_habits, without_reported, without_returned_values};
use crate::server::ast::{self, PartialRoute};
use crate::server::check::{self, Checked};
use crate::server::expand;
use crate::server::model::{Server, Statement, names};
use crate::tokens::{before, mapped, with_contents};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::parse::Parser;
use syn::{Block, FnArg, Pat, ReturnType, Signature};

/// Returns the function with its valid routes, and with partial routes in place of the others.
pub(crate) fn with_valid_routes(mut checked: Checked, errors: &[TokenStream]) -> TokenStream {
    let arguments = checked.server().arguments.clone();
    let reported = checked.take_reported();
    checked.replace_code(|tokens| {
        let response = arguments.as_ref().map(|arguments| &arguments.response);
        if is_foreign(&tokens, response) {
            let error = error_ident();
            let declared = declared(&tokens);
            return quote!(#(let #declared = #error;)* loop { break #error });
        }
        let tokens = without_returned_values(replace_nested_routes(tokens));
        let tokens = without_reported(tokens, &reported);
        match &arguments {
            Some(arguments) => {
                let tokens = without_habits(tokens, arguments);
                send_for_end(tokens, &arguments.response)
            }
            None => tokens,
        }
    });
    expand::expand_with_errors(&checked, &expand_errors(errors))
}

/// Returns whether code is not valid Rust because of words from another language, which have been reported.
fn is_foreign(tokens: &TokenStream, response: Option<&Ident>) -> bool {
    Block::parse_within.parse2(tokens.clone()).is_err()
        && check::foreign_word(tokens, response).is_some()
}

/// Returns the variables that statements declare, so that code that uses them causes no errors: `let name`,
/// `const name`, `var name`, `let { id, name }`.
fn declared(tokens: &TokenStream) -> Vec<Ident> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let starts = |token: &TokenTree| {
        matches!(token, TokenTree::Ident(word)
            if word == "let" || word == "const" || word == "var")
    };
    let mut names = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if starts(token) {
            let pattern = before(&tokens[at + 1..], &mut |it| {
                matches!(it, TokenTree::Punct(_))
            });
            add_variables(pattern, &mut names);
        }
    }
    names
}

/// Adds the names in a pattern that can be variables.
fn add_variables(pattern: TokenStream, variables: &mut Vec<Ident>) {
    for token in pattern {
        match token {
            TokenTree::Group(group) => add_variables(group.stream(), variables),
            TokenTree::Ident(name) => {
                let is_word = syn::parse2::<Ident>(TokenTree::Ident(name.clone()).into()).is_ok();
                if is_word && name.to_string().starts_with(char::is_lowercase) {
                    variables.push(name);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Returns a stub for callers, if the function cannot be a server.
pub(crate) fn stub(server: &Server, errors: &[TokenStream]) -> TokenStream {
    let function = &server.function;
    let vis = &function.vis;
    let attrs = function.attrs.iter().filter(|attr| {
        let last = attr.path().segments.last();
        last.is_none_or(|segment| segment.ident != "server")
    });
    let sig = callable(server);
    let errors = expand_errors(errors);
    let arguments = expand_arguments(&function.sig);
    let body = server.body.iter().map(|statement| match statement {
        Statement::Code(code) => replace_nested_routes(code.clone()),
        Statement::Partial(partial) => expand_skipped_route(partial),
        Statement::Route(index) => expand_skipped_route(&server.routes[*index].partial()),
        Statement::Unmatched(index) => expand_skipped_route(&server.unmatched[*index].partial()),
        Statement::Fallback(index) => expand_skipped_route(&server.fallbacks[*index].partial()),
    });
    // An `impl` cannot contain a type; a `self` argument shows that the function is in an `impl`.
    let is_free = function.sig.receiver().is_none();
    let routes = is_free.then(|| expand::expand_routes(server));
    // Without the generated type, nothing else marks the plain name `route` as used, so it is marked here.
    let plain = (!is_free).then(|| quote!(route));
    let mut macros = server.macros.clone();
    macros.extend(plain);
    let macros = expand::expand_use_of_macros(&macros);
    quote! {
        #(#attrs)*
        #[allow(unused, clippy::all, clippy::pedantic)]
        #vis #sig {
            #errors
            #macros
            #arguments
            let _ = { #(#body)* };
            ::core::unimplemented!()
        }
        #routes
    }
}

/// Returns the item and the errors, for an item that is `main` or not a function.
pub(crate) fn item(item: TokenStream, errors: &[TokenStream]) -> TokenStream {
    let item = match main_in(&item) {
        // `main` may have the arguments of a server, which rustc would report as well.
        Some(name) => quote!(fn #name() {}),
        None => without_bodies(item),
    };
    quote! {
        #(#errors)*
        #[allow(unused)]
        #item
    }
}

/// Returns the name of the function if it is `main`.
fn main_in(item: &TokenStream) -> Option<TokenTree> {
    let tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let is_word = |token: &TokenTree, text| matches!(token, TokenTree::Ident(word) if word == text);
    let mut pairs = tokens.windows(2);
    let found = pairs.find(|pair| is_word(&pair[0], "fn") && is_word(&pair[1], "main"));
    found.map(|pair| pair[1].clone())
}

/// Expands a partial route in the position of the route.
pub(crate) fn expand_skipped_route(partial: &PartialRoute) -> TokenStream {
    let remains = expand_partial_route(partial);
    quote!(if false { #remains })
}

/// Expands URL functions for invalid routes, which other code may call.
pub(crate) fn expand_urls(server: &Server) -> Vec<TokenStream> {
    let vis = &server.function.vis;
    let mut taken: Vec<&Ident> = Vec::new();
    for route in &server.routes {
        taken.extend(&route.name);
    }
    let mut urls = Vec::new();
    for partial in server.partial() {
        let Some(name) = &partial.name else {
            continue;
        };
        if taken.contains(&name) || check::is_reserved(server, &name.to_string()) {
            continue;
        }
        taken.push(name);
        let params = (0..partial.params).map(|at| format_ident!("_param{at}"));
        urls.push(quote! {
            #vis fn #name(#(#params: impl ::core::marker::Sized),*) -> ::std::string::String {
                ::std::string::String::new()
            }
        });
    }
    urls
}

/// Returns the name of the variable whose value unifies with every type.
fn error_ident() -> Ident {
    Ident::new("__error", Span::mixed_site())
}

fn expand_errors(errors: &[TokenStream]) -> TokenStream {
    let error = error_ident();
    let Some((first, others)) = errors.split_first() else {
        return TokenStream::new();
    };
    quote! {
        let #error = #first;
        #(#others)*
    }
}

fn expand_partial_route(partial: &PartialRoute) -> TokenStream {
    let error = error_ident();
    let PartialRoute {
        idents,
        types,
        guard,
        reply,
        ..
    } = partial;
    quote! {
        let (#(#idents,)*) = #error;
        #(let _: #types = #error;)*
        let _ = { #guard };
        let _ = { #reply };
    }
}

/// Replaces `route!` where it is not allowed: the macro `route!` would report it again.
fn replace_nested_routes(code: TokenStream) -> TokenStream {
    let error = error_ident();
    ast::replace_routes(code, &|partial| match partial {
        Some(partial) => {
            let remains = expand_partial_route(&partial);
            quote!({ if false { #remains } #error })
        }
        None => quote!(::core::unimplemented!()),
    })
}

/// Replaces `res.end("hello")`, which has already been reported with a suggestion, and which rustc must not report
/// again with another one.
fn send_for_end(tokens: TokenStream, response: &Ident) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for at in 0..tokens.len() {
        if let TokenTree::Group(group) = &tokens[at] {
            tokens[at] = with_contents(group, send_for_end(group.stream(), response));
        }
        if let [
            TokenTree::Ident(object),
            TokenTree::Punct(_),
            TokenTree::Ident(method),
            TokenTree::Group(arguments),
            ..,
        ] = &mut tokens[at..]
            && object == response
            && method == "end"
            && !arguments.stream().is_empty()
        {
            *method = Ident::new("send", method.span());
        }
    }
    tokens.into_iter().collect()
}

/// Returns the signature with the parts that callers rely on: async, and the type of its result.
fn callable(server: &Server) -> Signature {
    let mut sig = server.function.sig.clone();
    let krate = expand::crate_path(&server.options);
    sig.asyncness.get_or_insert_with(Default::default);
    sig.constness = None;
    sig.abi = None;
    let mut seen = Vec::new();
    for argument in &mut sig.inputs {
        // Two arguments with one name have been reported.
        if let FnArg::Typed(typed) = argument {
            let name = typed.pat.to_token_stream().to_string();
            let name = name.trim_start_matches("mut ").to_owned();
            if seen.contains(&name) {
                typed.pat = syn::parse_quote!(_);
            }
            seen.push(name);
        }
        // The type of an extractor might not exist, and the extractor has already been reported.
        if check::is_extractor(argument) || check::is_unsized(argument) {
            *argument = syn::parse_quote!(_: impl ::core::marker::Sized);
        }
    }
    // The type is kept for `main`, which must return a `Termination`, and for each `return`, which rustc checks against
    // it.
    let is_result = match &sig.output {
        ReturnType::Default => false,
        ReturnType::Type(_, ty) => {
            check::may_be_returned(ty) || server.code().any(|code| names(code, "return"))
        }
    };
    if !is_result && sig.ident != "main" {
        sig.output = syn::parse_quote!(-> #krate::Result);
    }
    sig
}

/// Expands the arguments, and the usual ones that are missing, as variables that unify with every type.
fn expand_arguments(sig: &Signature) -> TokenStream {
    let error = error_ident();
    let mut names = Vec::new();
    for argument in &sig.inputs {
        if let FnArg::Typed(typed) = argument {
            collect_names(&typed.pat, &mut names);
        }
    }
    names.dedup();
    for usual in ["req", "res"] {
        if !names.iter().any(|name| name == usual) {
            names.push(Ident::new(usual, Span::call_site()));
        }
    }
    quote!(let (#(mut #names,)*) = #error;)
}

/// Collects the variables of an argument.
fn collect_names(pat: &Pat, names: &mut Vec<Ident>) {
    match pat {
        Pat::Ident(name) => names.push(name.ident.clone()),
        Pat::TupleStruct(inner) => inner.elems.iter().for_each(|pat| collect_names(pat, names)),
        Pat::Tuple(inner) => inner.elems.iter().for_each(|pat| collect_names(pat, names)),
        _ => {}
    }
}

/// Removes the bodies of functions that contain a `route!`.
fn without_bodies(tokens: TokenStream) -> TokenStream {
    mapped(tokens, &mut |token| match token {
        TokenTree::Group(group) => {
            let inside = if ast::holds_route(&group.stream()) {
                quote!(::core::unimplemented!())
            } else {
                without_bodies(group.stream())
            };
            with_contents(&group, inside)
        }
        token => token,
    })
}
