use onward::prelude::*;

use serde::Serialize;

#[derive(Serialize)]
struct Product {
    name: String,
}

fn product() -> Product {
    let name = String::from("cup");
    Product { name }
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" -> Json<Product> => product());
    route!("/b" -> Json<Product> => Some(Json(product())));
    route!("/c" -> String => "text");
    route!("/d" -> Json<Product> => (StatusCode::OK, Json(product())));
    route!("/e" -> Created<Json<Product>> => Json(product()));
}

fn main() {}
