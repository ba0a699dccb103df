use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("localhost:3000/a" => "a");
    route!("www.shop.example/b" => "b");
}

fn main() {}
