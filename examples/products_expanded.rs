//! `products.rs` with its macro expanded: the code that you would have written, with the same behavior.
//!
//! `cargo expand` shows this for your own server. A test compares this file with the output of the macro.

use onward::http;
use onward::prelude::*;

// The function keeps its signature, so that a closure, another route or a test can call it. No route awaits anything,
// but a server is always async.
#[allow(clippy::unused_async)]
async fn products(req: Request, res: Response) -> Result {
    // If the program has another type or module that is called `products`, rustc reports that, instead of every line below.
    type __Route = products;
    // First decide … The path is percent-decoded; invalid encoding ends here with a 400.
    let __route = __Route::decide(&req.method, &::onward::__private::path(&req.url)?);
    // … then reply: the routes in the order written, with any statements between them.
    if let __Route::Root = __route {
        ::onward::__private::matched(&res, "/");
        return ::onward::__private::reply("hello", res);
    }
    if let __Route::Products = __route {
        ::onward::__private::matched(&res, "/products");
        // This `json!` is converted to bytes at compile time; nothing is serialized at run time.
        return ::onward::__private::reply(json!["shoes", "lipstick", "cups"], res);
    }
    match __route {
        // 404, 405 with `allow`, 501, or the response to OPTIONS.
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}

// Types and functions have separate namespaces: there is a type `products` next to the function `products`.
/// The routes of `products`: a variant for each, and functions that return their URLs.
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
        // The attribute removes the `route!`s; this keeps their import from being reported as unused.
        #[allow(unused_imports)]
        use route as _;
        &[route(&["GET"], "/", 3), route(&["GET"], "/products", 4)]
    };

    // Maps a method and a path to a route: a radix trie of `if`s, in safe code, without an allocation.
    fn decide(method: &::onward::__private::Method, path: &str) -> Self {
        // These names are used regardless of the meaning of `Some` and `Method` in the user's program.
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
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(products);
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
