//! An API whose routes declare queries, bodies and replies of many kinds, its OpenAPI document and its API page.
//!
//! ```text
//! cargo run --example library [ADDRESS]           (default: port 3000)
//! cargo run --example library -- --openapi        prints the document; `--openapi=3.0` prints it as OpenAPI 3.0.3
//! ```

#![allow(
    unreachable_pub,
    reason = "nothing outside of a program can use its items"
)]

mod error;
mod public;
mod shelf;
mod staff;

use onward::http;
use onward::openapi::{self, ApiPage};
use onward::prelude::*;
use public::library;
use shelf::Shelf;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    if openapi::print_if_requested(library::ROUTES) {
        return Ok(());
    }
    let shelf = Shelf::default();
    let page = ApiPage::new(library::ROUTES);
    let mounted = page.clone();
    let server =
        http::create_server(move |req, res| library(req, res, shelf.clone(), mounted.clone()));
    page.watch(&server);
    server.on(event::Error, |error| eprintln!("{error:?}"));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
