use onward::prelude::*;

struct Product;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> Json<Product> => Json(Product));
}

fn main() {}
