use onward::prelude::*;

struct Product {
    id: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => Json(Product { id: 7 }));
}

fn main() {}
