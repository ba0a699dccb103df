use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{per-page: u32}" => per_page.to_string());
}

fn main() {}
