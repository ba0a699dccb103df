use onward::prelude::*;

const FIRST: u64 = 1;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: u32 = FIRST}" => page.to_string());
}

fn main() {}
