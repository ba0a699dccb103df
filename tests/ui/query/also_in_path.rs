use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{id: u32}?{id: u32}" => id.to_string());
}

fn main() {}
