//! What the fuzz targets ask: the sources of the macros, as they are, in a crate that is no macro; and the server as its users
//! have it.

mod answers;
mod choices;
mod connection;
mod feed;
mod matching;
mod reader;
mod recorded;
mod runtime;
mod writer;

/// The sources of `onward-macros`.
#[path = "../../macros/src"]
#[allow(dead_code)]
mod macros {
    pub(crate) mod ast;
    pub(crate) mod check;
    pub(crate) mod errors;
    pub(crate) mod expand;
    pub(crate) mod fallback;
    pub(crate) mod json;
    pub(crate) mod krate;
    pub(crate) mod messages;
    pub(crate) mod methods;
    pub(crate) mod model;
    pub(crate) mod pattern;
    pub(crate) mod server;
    pub(crate) mod tree;
}

/// What the tests of the tree compare it with.
#[path = "../../macros/src/tree"]
#[allow(dead_code)]
mod tested {
    pub(crate) mod interpret;
    pub(crate) mod reference;
    pub(crate) mod sample;
    mod split;

    use crate::macros::tree::{Leaf, Node, Route, Step, Tree};
}

// The sources name each other from the root of their crate.
use macros::server::expand_server;
use macros::{
    ast, check, errors, expand, fallback, json, krate, messages, methods, model, pattern, tree,
};
use proc_macro2::TokenStream;
use quote::quote;

pub use connection::check_connection;
pub use matching::check_matching;
pub use reader::check_reader;
pub use writer::check_writer;

/// Expands text in every place where a user may write it. Nothing is expected of the result but that there is one.
pub fn expand_everywhere(text: &str) {
    proc_macro2::extra::invalidate_current_thread_spans();
    let head = quote!(pub async fn shop(req: Request, mut res: Response));
    expand_path(text, &head);
    let Ok(tokens) = text.parse::<TokenStream>() else {
        return;
    };
    let none = TokenStream::new;
    expand_server(none(), tokens.clone());
    expand_server(none(), quote!(#head { #tokens }));
    expand_server(
        none(),
        quote!(#head { route!(#tokens); route!("/users/{id}" => id); }),
    );
    expand_server(
        tokens.clone(),
        quote!(#head { route!("/users/{id}" => id); }),
    );
    let brackets = json::brackets::of_call(&tokens);
    json::json(tokens, brackets, &quote!(::onward));
}

fn expand_path(text: &str, head: &TokenStream) {
    let path = proc_macro2::Literal::string(text);
    let name = quote::format_ident!("name");
    expand_server(
        TokenStream::new(),
        quote!(#head { route!(ANY "/{a}-{b: u8}/{rest..}" => (a, b, rest)); route!(#path as #name if req => a); }),
    );
}
