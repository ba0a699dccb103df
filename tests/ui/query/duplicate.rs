use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{tag: String}&{tag: String}" => tag);
}

fn main() {}
