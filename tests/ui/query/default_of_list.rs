use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{tag: Vec<String> = \"a\"}" => tag.concat());
}

fn main() {}
