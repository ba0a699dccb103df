use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: u32}" => page.to_string());
    route!("/products?{search: String}" => search);
}

fn main() {}
