use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page = 1}" => page.to_string());
}

fn main() {}
