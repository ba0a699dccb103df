use onward::prelude::*;

struct Product {
    id: u32,
}

fn find() -> Option<Product> {
    None
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => Json(vec![Product { id: 7 }]));
    route!("/one" => find().map(Json));
}

fn main() {}
