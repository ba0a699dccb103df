//! Attributes of other frameworks: `#[get("/users/<id>")]`, `#[catch(404)]`, `#[debug_handler]`.
//!
//! The prelude exports all of them except `main`, so an attribute of the same name that the program imports by name
//! takes precedence.

use crate::errors::Errors;
use crate::messages;
use crate::server::recovery;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, ItemFn, LitStr, Pat, Signature, Type};

/// Returns the error, followed by the item, or by a stub if types in its signature might not exist.
pub(crate) fn attribute(name: &str, attr: &TokenStream, item: TokenStream) -> TokenStream {
    if name == "main" {
        return main_function();
    }
    let function = syn::parse2::<ItemFn>(item.clone()).ok();
    let mut errors = Errors::new();
    let help = help(name, attr, function.as_ref().map(|it| &it.sig));
    let written = match attr.is_empty() {
        true => format!("#[{name}]"),
        false => format!("#[{name}({})]", messages::source_text(attr)),
    };
    errors.push(
        Span::call_site(),
        messages::foreign_attribute(&written, &help),
    );
    let errors = errors.finish();
    match function.filter(|it| !is_plain(&it.sig)) {
        Some(function) => {
            let stub = stub(&function);
            quote!(#(#errors)* #stub)
        }
        None => recovery::item(item, &errors),
    }
}

/// Reports `#[onward::main]`, for which there is `#[tokio::main]`. The function is replaced, because rustc would also
/// report that `main` must not be async.
fn main_function() -> TokenStream {
    let mut errors = Errors::new();
    errors.push(Span::call_site(), messages::main_attribute());
    let errors = errors.finish();
    quote!(#(#errors)* fn main() {})
}

fn help(name: &str, attr: &TokenStream, sig: Option<&Signature>) -> String {
    match name {
        "catch" if attr.to_string().starts_with('5') => {
            "remove it, and return your own error type from the `#[server]` function: `-> Result<Sent, AppError>`".to_owned()
        }
        "catch" => "remove it, and add a last route to the `#[server]` function: `route!(_ => (StatusCode::NOT_FOUND, \"no such page\"));`".to_owned(),
        "launch" => "use `#[tokio::main] async fn main() -> std::io::Result<()>`, and `onward::http::create_server(app).listen(3000).await` in it".to_owned(),
        "debug_handler" | "handler" | "endpoint" => {
            "remove it; a `#[server]` function contains its routes: `route!(\"/path\" => expression);`".to_owned()
        }
        method => format!(
            "remove it, and add a route to a `#[server]` function: `{}`",
            route(&method.to_uppercase(), attr, sig)
        ),
    }
}

/// Returns the route to write instead: `route!(GET "/users/{id: u32}" => user(id).await);`.
fn route(method: &str, attr: &TokenStream, sig: Option<&Signature>) -> String {
    let first = attr.clone().into_iter().next();
    let first = first.and_then(|token| syn::parse2::<LitStr>(token.into()).ok());
    let mut path = first.map_or_else(|| "/path".to_owned(), |path| ours(&path.value()));
    let Some(sig) = sig else {
        return format!("route!({method} \"{path}\" => …);");
    };
    let mut arguments = Vec::new();
    for (name, ty) in sig.inputs.iter().filter_map(plain_argument) {
        let parameter = format!("{{{name}}}");
        if path.contains(&parameter) {
            path = path.replace(parameter.as_str(), &format!("{{{name}: {ty}}}"));
        }
        arguments.push(name);
    }
    let wait = if sig.asyncness.is_some() {
        ".await"
    } else {
        ""
    };
    let (function, arguments) = (&sig.ident, arguments.join(", "));
    format!("route!({method} \"{path}\" => {function}({arguments}){wait});")
}

/// Converts `/users/<id>` and `/users/:id` to `/users/{id}`.
fn ours(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let segments = path
        .split('/')
        .map(|segment| match segment.strip_prefix(':') {
            Some(name) => format!("{{{name}}}"),
            None => segment.replace("<", "{").replace(">", "}"),
        });
    segments.collect::<Vec<_>>().join("/")
}

fn plain_argument(argument: &FnArg) -> Option<(String, String)> {
    let FnArg::Typed(typed) = argument else {
        return None;
    };
    match &*typed.pat {
        Pat::Ident(name) => {
            let ty = messages::source_text(&typed.ty.to_token_stream());
            Some((name.ident.to_string(), ty))
        }
        _ => None,
    }
}

/// Returns whether every type of the signature certainly exists.
fn is_plain(sig: &Signature) -> bool {
    let types = sig.inputs.iter().map(|argument| match argument {
        FnArg::Typed(typed) => is_known(&typed.ty),
        FnArg::Receiver(_) => false,
    });
    let output = match &sig.output {
        syn::ReturnType::Default => true,
        syn::ReturnType::Type(_, ty) => is_known(ty),
    };
    output && types.into_iter().all(|known| known)
}

fn is_known(ty: &Type) -> bool {
    const KNOWN: [&str; 12] = [
        "Request",
        "Response",
        "Result",
        "Sent",
        "String",
        "u32",
        "u64",
        "i32",
        "i64",
        "usize",
        "bool",
        "StatusCode",
    ];
    match ty {
        Type::Path(path) => path
            .path
            .get_ident()
            .is_some_and(|name| KNOWN.iter().any(|known| name == known)),
        Type::Reference(reference) => {
            matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"))
        }
        _ => false,
    }
}

/// Returns a function with the same name that accepts arguments of any type.
fn stub(function: &ItemFn) -> TokenStream {
    let (vis, name) = (&function.vis, &function.sig.ident);
    let asyncness = &function.sig.asyncness;
    let count = function.sig.inputs.len();
    let arguments = (0..count).map(|at| format_ident!("_argument{at}"));
    quote! {
        #[allow(unused)]
        #vis #asyncness fn #name(#(#arguments: impl ::core::marker::Sized),*) {}
    }
}
