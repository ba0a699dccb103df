#![deny(warnings)]

use onward::http;
use onward::prelude::*;

struct Shop;

#[server]
impl Shop {
    async fn shop(req: Request, res: Response) -> Result {
        route!("/" => "a");
        route!("b" => "b");
    }
}

fn main() {
    http::create_server(Shop::shop);
}
