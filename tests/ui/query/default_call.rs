use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: u32 = first()}" => page.to_string());
}

fn first() -> u32 {
    1
}

fn main() {}
