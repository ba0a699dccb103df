//! The same three routes, with query, body and reply declared, and written manually.

use onward::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
pub(crate) struct Product {
    name: String,
    left: u32,
}

fn list(page: u32, search: Option<String>) -> Product {
    Product {
        name: search.unwrap_or_default(),
        left: page,
    }
}

fn find(id: u32) -> Option<Product> {
    (id < 100).then(|| list(id, None))
}

#[server]
pub(crate) async fn declared(req: Request, res: Response) -> Result {
    route!("/products?{page: u32 = 1}&{search: Option<String>}" -> Json<Product> => Json(list(page, search)));
    route!("/products/{id: u32}" -> Option<Json<Product>> => find(id).map(Json));
    route!(POST "/products" (Json(new): Json<Product>) -> Created<Json<Product>> => Created(Json(new)));
}

#[server]
pub(crate) async fn by_hand(mut req: Request, res: Response) -> Result {
    route!("/products" => {
        let page = req.url.query::<Option<u32>>("page")?.unwrap_or(1);
        let search: Option<String> = req.url.query("search")?;
        Json(list(page, search))
    });
    route!("/products/{id: u32}" => find(id).map(Json));
    route!(POST "/products" => {
        // As in a route that declares its body, `req` can still be used as a whole afterwards.
        let new: Product = req.take_body().json().await?;
        (StatusCode::CREATED, Json(new))
    });
}
