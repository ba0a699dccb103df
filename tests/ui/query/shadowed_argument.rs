use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, db: String) -> Result {
    route!("/products?{db: u32}" => db.to_string());
}

fn main() {}
