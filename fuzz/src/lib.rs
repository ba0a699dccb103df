//! The code of the fuzz targets. It includes the unchanged sources of the macros in an ordinary crate, and uses the
//! server in the same way as its users.

mod choices;
mod connection;
mod feed;
mod matching;
mod reader;
mod recorded;
mod responses;
mod runtime;
mod writer;

/// The sources of `onward-macros`.
#[path = "../../macros/src"]
#[allow(dead_code)]
mod macros {
    pub(crate) mod errors;
    pub(crate) mod events;
    pub(crate) mod http;
    pub(crate) mod internal_error;
    pub(crate) mod json;
    pub(crate) mod messages;
    pub(crate) mod server;
    pub(crate) mod tokens;
}

/// The reference that the tree is compared with.
#[path = "../../macros/src/server/tree/tests"]
#[allow(dead_code)]
mod tested {
    pub(crate) mod interpret;
    pub(crate) mod reference;
    pub(crate) mod sample;
    mod split;

    use crate::macros::server::tree::{Leaf, Node, Route, Step, Tree};
}

// The sources refer to each other through the crate root.
use macros::server::expand_server_with;
use macros::{errors, http, json, messages, server, tokens};
use proc_macro2::TokenStream;
use quote::quote;

pub use connection::check_connection;
pub use matching::check_matching;
pub use reader::check_reader;
pub use writer::check_writer;

/// Expands text in every position where a user may write it. The only expectation is that there is a result.
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
    let delimiter = json::delimiter::of_call(&tokens);
    json::json(tokens, delimiter, &quote!(::onward));
}

/// Expands a server with the description for OpenAPI documents. The result contains the whole expansion that is
/// generated without the description.
fn expand_server(attr: TokenStream, item: TokenStream) {
    expand_server_with(attr, item, true);
}

fn expand_path(text: &str, head: &TokenStream) {
    let path = proc_macro2::Literal::string(text);
    let name = quote::format_ident!("name");
    expand_server(
        TokenStream::new(),
        quote!(#head { route!(ANY "/{a}-{b: u8}/{rest..}" => (a, b, rest)); route!(#path as #name if req => a); }),
    );
}
