use onward::prelude::*;

#[derive(serde::Deserialize)]
struct Paging {
    page: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{Paging}" => "products");
}

fn main() {}
