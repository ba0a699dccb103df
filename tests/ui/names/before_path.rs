use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(products "/products" => "a");
    route!(products: "/items" => "b");
}

fn main() {}
