//! A small shop: pages for people and an API for programs. A change that is made through either of them immediately
//! appears in the other.
//!
//! ```text
//! cargo run --example shop [ADDRESS] [DATABASE] [PICTURES]
//! cargo run --example shop -- --openapi             (prints the OpenAPI document of the API)
//! ```
//!
//! The defaults are port 3000, the file `shop.db` (`:memory:` uses no file), and the folder `shop-pictures`. The
//! environment variable `SHOP_SECRET` contains the secret that signs the cookies; without the variable, the cookies are
//! signed with a random secret, which is enough as long as sessions are only in memory.

#![allow(
    unreachable_pub,
    reason = "nothing outside of a program can use its items"
)]

mod admin;
mod error;
mod product;
mod site;
mod store;

use error::ShopError;
use onward::cookies::Keys;
use onward::http;
use onward::http::header;
use onward::prelude::*;
use onward::security_headers;
use onward::sessions::{MemoryStore, Sessions};
use product::{NewProduct, Product};
use site::Pictures;
use std::time::Duration;
use store::{Deleted, Saved, Store};

/// The resources of the handlers; clones share them.
#[derive(Clone)]
struct Shop {
    store: Store,
    live: Live,
    sessions: Sessions,
    pictures: Pictures,
}

/// Every error of this server, including the generated 404 and 405, is converted to [`ShopError`].
#[server]
async fn shop(req: Request, mut res: Response, shop: Shop) -> Result<Sent, ShopError> {
    // Middleware is a statement: it applies to all routes below it.
    security_headers(&mut res);
    res.set_header(header::CACHE_CONTROL, "no-store");

    /// This list of routes, which is generated. A browser gets the page of the products.
    route!("/" as index -> String if !prefers_html(&req) => shop::routes().to_string());

    /// The changes to the products, as server-sent events.
    #[doc(hidden)]
    route!("/live" as live_events => shop.live.follow(&req).retry(Duration::from_millis(300)));

    /// The products, by name.
    route!("/products?{search: String = \"\"}&{page: u32 = 1}" as products -> Json<Vec<Product>> =>
        Json(shop.store.list(search, page).await?));

    /// One product.
    route!("/products/{id: i64}" as product -> Option<Json<Product>> => shop.store.find(id).await?.map(Json));

    /// Adds a product.
    route!(POST "/products" (Json(new): Json<NewProduct>) -> Created<Json<Product>> => {
        let product = shop.store.insert(new.checked()?).await?;
        res.set_header(header::LOCATION, shop::product(product.id));
        Created(Json(product))
    });

    /// Replaces a product.
    route!(PUT "/products/{id: i64}" (Json(new): Json<NewProduct>) -> Option<Json<Product>> =>
        shop.store.update(id, new.checked()?).await?.map(Json));

    /// Deletes a product.
    route!(DELETE "/products/{id: i64}" -> Option<NoContent> => shop.store.delete(id).await?.then_some(NoContent));

    /// Another server, for this path and everything below it. It requires a token.
    route!(mount "/admin" as admin => admin::admin(req, res, shop.store).await);

    /// The pages. The OpenAPI document describes the API only.
    #[doc(hidden)]
    route!(mount "/" as pages => site::site(req, res, shop).await);
}

fn prefers_html(req: &Request) -> bool {
    req.accepts(&["text/plain", "text/html"]) == Some("text/html")
}

/// Returns the secret that signs cookies.
fn secret() -> std::io::Result<Vec<u8>> {
    if let Ok(secret) = std::env::var("SHOP_SECRET") {
        return Ok(secret.into_bytes());
    }
    let mut secret = vec![0; 32];
    getrandom::fill(&mut secret).map_err(std::io::Error::other)?;
    Ok(secret)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    if onward::openapi::print_if_requested(shop::ROUTES) {
        return Ok(());
    }
    let argument = |index, default: &str| std::env::args().nth(index).unwrap_or(default.to_owned());
    let store = Store::open(&argument(2, "shop.db")).map_err(std::io::Error::other)?;
    let live = Live::new(256)
        .forward(&store.events, Saved)
        .forward(&store.events, Deleted);
    let keys = Keys::new(secret()?).map_err(std::io::Error::other)?;
    let shop = Shop {
        store,
        live,
        sessions: Sessions::new(MemoryStore::new(10_000), keys),
        pictures: Pictures::new(argument(3, "shop-pictures")),
    };

    let server = http::create_server(move |req, res| self::shop(req, res, shop.clone()))
        .close_on_signal(Duration::from_secs(5));
    server.on(event::Request, |req| println!("{} {}", req.method, req.url));
    server.on(event::Error, |error| eprintln!("{error:?}"));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
