use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: u32},{size: u32}" => (page + size).to_string());
    route!("/users?{page: u32}{size: u32}" => (page + size).to_string());
    route!("/orders?{page: u32}?{size: u32}" => (page + size).to_string());
}

fn main() {}
