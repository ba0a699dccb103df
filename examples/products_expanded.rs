//! `products.rs` with its macro expanded and pasted back: what you would have written, and it does the same.
//!
//! `cargo expand` shows this for a server of your own. A test holds this file against what the macro writes.

use onward::prelude::*;

// The function keeps its signature, so that it can be called: from a closure, another route, a test.
// No answer awaits anything; a server is async all the same.
#[allow(clippy::unused_async)]
async fn products(req: Request, res: Response) -> Result {
    // Decide first … The path is percent-decoded; a broken encoding ends here, with a 400.
    let __route = products::decide(&req.method, &::onward::__private::path(&req.url)?);
    // … answer afterwards: the routes in the order written. Statements between them would stand here, too.
    if let products::Root = __route {
        return ::onward::__private::reply("hello", res);
    }
    if let products::Products = __route {
        // This `json!` is bytes already: nothing is serialised at run time.
        return ::onward::__private::reply(json!["shoes", "lipstick", "cups"], res);
    }
    match __route {
        // 404, or 405 with `allow`, or the answer to OPTIONS.
        products::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}

// Types and functions live in two namespaces: beside the function `products` there is a type `products`.
/// The routes of `products`: which one a request is for, and their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum products {
    Root,
    Products,
    Unmatched(::onward::__private::Unmatched),
}

#[allow(dead_code)]
impl products {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::route;
        // The attribute takes the `route!`s away; their import counts as used all the same.
        #[allow(unused_imports)]
        use route as _;
        &[route(&["GET"], "/", 3), route(&["GET"], "/products", 4)]
    };

    // Method and path in, route out: a radix trie of ifs, in safe code, without an allocation.
    fn decide(method: &::onward::__private::Method, path: &str) -> Self {
        // Whatever the user's program calls `Some` or `GET`: these are meant.
        use ::core::option::Option::Some;
        use ::onward::__private::{Allow, Method, Unmatched};
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix('/') {
            if path.is_empty() {
                match *method {
                    Method::GET | Method::HEAD => return Self::Root,
                    _ => allow |= Allow::GET,
                }
            } else if path == "products" {
                match *method {
                    Method::GET | Method::HEAD => return Self::Products,
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, allow))
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(products);
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
