use onward::prelude::*;

struct Product {
    id: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => 7);
    route!("/list" => vec!["a", "b"]);
    route!("/product" => Product { id: 7 });
}

fn main() {}
