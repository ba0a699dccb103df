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
    route!("/products" -> Product => product());
}

fn main() {}
