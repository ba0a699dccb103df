use onward::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct NewProduct {
    name: String,
}

#[derive(Deserialize, Serialize)]
struct Filter {
    tag: String,
}

#[server(openapi = strict)]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (Json(new): Json<NewProduct>) -> String => new.name);
    route!("/products?{filter..: Filter}" -> String => filter.tag);
}

fn main() {}
