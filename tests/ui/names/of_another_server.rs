use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" as home => "home");
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" as products => "products");
}

fn main() {}
