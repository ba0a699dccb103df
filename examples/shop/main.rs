//! A small product API: create, list, read, update and delete products in a SQLite file.
//!
//! ```text
//! cargo run --example shop [ADDRESS] [DATABASE]     (default: 3000 shop.db; `:memory:` uses no file)
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
use product::{ListQuery, NewProduct};
use store::Store;

/// Every error of this server, including the generated 404 and 405, is converted to [`ShopError`].
#[server]
async fn shop(req: Request, mut res: Response, store: Store) -> Result<Sent, ShopError> {
    // Middleware is a statement: it runs for every route below it.
    res.set_header(header::CACHE_CONTROL, "no-store");

    /// This list of routes, which is generated.
    route!("/" as index => listing());

    /// The products, by name: `?search=mug&page=2`.
    route!("/products" as products => {
        let query = ListQuery::of(&req.url)?;
        Json(store.list(query).await?)
    });

    /// One product.
    route!("/products/{id: i64}" as product => store.find(id).await?.map(Json));

    /// Adds a product: `{"name": "cups", "price_cents": 950}`.
    route!(POST "/products" => {
        let new: NewProduct = req.body.json().await?;
        let product = store.insert(new.checked()?).await?;
        res.set_header(header::LOCATION, shop::product(product.id));
        (StatusCode::CREATED, Json(product))
    });

    /// Replaces a product.
    route!(PUT "/products/{id: i64}" => {
        let new: NewProduct = req.body.json().await?;
        store.update(id, new.checked()?).await?.map(Json)
    });

    /// Deletes a product.
    route!(DELETE "/products/{id: i64}" => {
        store.delete(id).await?.then_some(StatusCode::NO_CONTENT)
    });

    /// Another server, for this path and everything below it. It requires a token.
    route!(mount "/admin" as admin => admin::admin(req, res, store).await);
}

fn listing() -> String {
    let routes = shop::routes().iter().map(|route| format!("{route}\n"));
    routes.collect()
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let database = std::env::args()
        .nth(2)
        .unwrap_or_else(|| "shop.db".to_owned());
    let store = Store::open(&database).map_err(std::io::Error::other)?;

    let server = http::create_server(move |req, res| shop(req, res, store.clone()));
    server.on(event::Request, |req| println!("{} {}", req.method, req.url));
    server.on(event::Error, |error| eprintln!("{error:?}"));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
