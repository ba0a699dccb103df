use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("https://shop.example/products" => "a");
}

fn main() {}
