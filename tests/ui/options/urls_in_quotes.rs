use onward::prelude::*;

#[server(urls = "ShopUrls")]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
