use onward::prelude::*;

fn index() -> &'static str {
    "index"
}

#[server]
async fn products(req: Request, res: Response) -> Result {
    route!("/" => "products");
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => index);
    route!("/products" => products);
}

fn main() {
    let _ = shop;
}
