//! A small product API: create, list, read, update and delete products in a SQLite file.
//!
//! ```text
//! cargo run --example shop [ADDRESS] [DATABASE]     (default: 3000 shop.db; `:memory:` uses no file)
//! cargo run --example shop -- --openapi             (prints the OpenAPI document)
//! ```

#![allow(
    unreachable_pub,
    reason = "nothing outside of a program can use its items"
)]

mod admin;
mod error;
mod product;
mod store;

use error::ShopError;
use onward::http;
use onward::http::header;
use onward::prelude::*;
use product::{NewProduct, Product};
use std::time::Duration;
use store::{Deleted, Saved, Store};

/// Every error of this server, including the generated 404 and 405, is converted to [`ShopError`].
#[server]
async fn shop(
    req: Request,
    mut res: Response,
    store: Store,
    live: Live,
) -> Result<Sent, ShopError> {
    // Middleware is a statement: it runs for every route below it.
    res.set_header(header::CACHE_CONTROL, "no-store");

    /// This list of routes, which is generated.
    route!("/" as index -> String => shop::routes().to_string());

    /// The products as a page that changes with them.
    route!("/page" as page => Html(include_str!("page.html")));

    /// The changes of the products, as server-sent events.
    #[doc(hidden)]
    route!("/live" as live_events => live.follow(&req).retry(Duration::from_millis(300)));

    /// The products, by name.
    route!("/products?{search: String = \"\"}&{page: u32 = 1}" as products -> Json<Vec<Product>> =>
        Json(store.list(search, page).await?));

    /// One product.
    route!("/products/{id: i64}" as product -> Option<Json<Product>> => store.find(id).await?.map(Json));

    /// Adds a product.
    route!(POST "/products" (Json(new): Json<NewProduct>) -> Created<Json<Product>> => {
        let product = store.insert(new.checked()?).await?;
        res.set_header(header::LOCATION, shop::product(product.id));
        Created(Json(product))
    });

    /// Replaces a product.
    route!(PUT "/products/{id: i64}" (Json(new): Json<NewProduct>) -> Option<Json<Product>> =>
        store.update(id, new.checked()?).await?.map(Json));

    /// Deletes a product.
    route!(DELETE "/products/{id: i64}" -> Option<NoContent> => store.delete(id).await?.then_some(NoContent));

    /// Another server, for this path and everything below it. It requires a token.
    route!(mount "/admin" as admin => admin::admin(req, res, store).await);
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    if onward::openapi::print_if_requested(shop::ROUTES) {
        return Ok(());
    }
    let database = std::env::args()
        .nth(2)
        .unwrap_or_else(|| "shop.db".to_owned());
    let store = Store::open(&database).map_err(std::io::Error::other)?;

    let live = Live::new(256)
        .forward(&store.events, Saved)
        .forward(&store.events, Deleted);

    let server = http::create_server(move |req, res| shop(req, res, store.clone(), live.clone()))
        .close_on_signal(Duration::from_secs(5));
    server.on(event::Request, |req| println!("{} {}", req.method, req.url));
    server.on(event::Error, |error| eprintln!("{error:?}"));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
