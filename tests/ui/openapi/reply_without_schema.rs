use onward::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct Product {
    id: u32,
}

#[server(openapi = strict)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{id: u32}" -> Option<Json<Product>> => Some(Json(Product { id })));
}

fn main() {}
