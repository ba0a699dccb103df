//! The macros of the `onward` crate, which re-exports and documents them. See `docs/architecture.md`.
//!
//! Each macro is in the file of its name: `server`, `json`, `events`; `server` and `json` also have a folder. The
//! attributes of other frameworks are in `foreign_attributes`. `route!` belongs to `server`. The macros share `errors`,
//! `internal_error`, `messages`, `http` and `tokens`.

mod errors;
mod events;
mod foreign_attributes;
mod foreign_derives;
mod http;
mod internal_error;
mod json;
mod messages;
mod server;
#[cfg(test)]
mod tests;
mod tokens;

use errors::Errors;
use proc_macro::TokenStream;
use server::{expand_server_with, recovery};

/// Whether expansions describe their servers for OpenAPI documents.
const DESCRIBES: bool = cfg!(feature = "openapi");

/// Compiles the `route!`s of an async function to an `if` chain. See `onward::server`.
#[doc(alias = "middleware")]
#[doc(alias = "state")]
#[proc_macro_attribute]
pub fn server(attr: TokenStream, item: TokenStream) -> TokenStream {
    let (attr, item) = (attr.into(), proc_macro2::TokenStream::from(item));
    let kept = item.clone();
    internal_error::catch(
        "#[server]",
        || expand_server_with(attr, item, DESCRIBES),
        |error| recovery::item(kept, &[error]),
    )
    .into()
}

/// Writes JSON as text. See `onward::json`.
#[proc_macro]
pub fn json(input: TokenStream) -> TokenStream {
    let input = input.into();
    let expand = || {
        let delimiter = json::delimiter::of_call(&input);
        json::json(input, delimiter, &quote::quote!(::onward))
    };
    internal_error::catch("json!", expand, json::placeholder).into()
}

/// Declares one route of a `#[server]`. See `onward::route`.
#[proc_macro]
pub fn route(_input: TokenStream) -> TokenStream {
    internal_error::catch("route!", route_outside_server, |error| error).into()
}

/// Expands a `route!` that is not in a `#[server]`. Between functions, only `compile_error!` is valid code. A macro cannot tell
/// where it is called, but a line inside a function is indented.
fn route_outside_server() -> proc_macro2::TokenStream {
    let span = proc_macro2::Span::call_site();
    if span.start().column > 0 {
        return quote::quote_spanned!(span=> { return ::onward::__private::route_outside_server(); });
    }
    let mut errors = Errors::new();
    errors.push(span, messages::route_outside_server());
    errors.finish().into_iter().collect()
}

/// Checks the declaration in an `events!`. See `onward::events`.
#[doc(hidden)]
#[proc_macro]
pub fn events(input: TokenStream) -> TokenStream {
    let input = input.into();
    let expand = || events::events(input);
    internal_error::catch("events!", expand, |error| error).into()
}

/// Reports the errors in the input of an `events!` that matches none of its rules. See `onward::events`.
#[doc(hidden)]
#[proc_macro]
pub fn events_error(input: TokenStream) -> TokenStream {
    let input = input.into();
    let expand = || events::events_error(input, &quote::quote!(::onward));
    internal_error::catch("events!", expand, |error| error).into()
}

/// Declares the attributes of other frameworks. Using one is an error that states what to write instead.
macro_rules! foreign_attributes {
    ($($name:ident)*) => {
        $(
            #[doc(hidden)]
            #[proc_macro_attribute]
            pub fn $name(attr: TokenStream, item: TokenStream) -> TokenStream {
                foreign_attribute(stringify!($name), attr, item)
            }
        )*
    };
}

fn foreign_attribute(name: &str, attr: TokenStream, item: TokenStream) -> TokenStream {
    let (attr, item) = (attr.into(), proc_macro2::TokenStream::from(item));
    let kept = item.clone();
    internal_error::catch(
        &format!("#[{name}]"),
        || foreign_attributes::attribute(name, &attr, item),
        |error| recovery::item(kept, &[error]),
    )
    .into()
}

/// Declares derives for traits that cannot be derived. Using one is an error that states what to write instead.
macro_rules! foreign_derives {
    ($($name:ident $function:ident)*) => {
        $(
            #[doc(hidden)]
            #[proc_macro_derive($name)]
            pub fn $function(item: TokenStream) -> TokenStream {
                let item = item.into();
                internal_error::catch("derive", || foreign_derives::derive(&item), |error| error).into()
            }
        )*
    };
}

foreign_derives! { Reply derive_reply IntoResponse derive_into_response Responder derive_responder }

foreign_attributes! { get post put delete patch head options catch launch handler debug_handler endpoint main }
