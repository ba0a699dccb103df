use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: u32 = \"1\"}" => page.to_string());
    route!("/b?{page: u8 = 300}" => page.to_string());
    route!("/c?{size: f64 = 1}" => size.to_string());
    route!("/d?{all: bool = 0}" => all.to_string());
}

fn main() {}
