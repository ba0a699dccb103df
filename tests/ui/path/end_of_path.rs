use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{$}" => "products");
}

fn main() {
    let _ = shop;
}
