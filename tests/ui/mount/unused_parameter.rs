use onward::prelude::*;

#[server]
async fn products(req: Request, res: Response) -> Result {
    route!("/" => "products");
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/{shop}/products" => products(req, res).await);
}

fn main() {
    let _ = shop;
}
