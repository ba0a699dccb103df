#![deny(warnings)]

use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/:a/{b-c}/{d?}/{type}/{rest..}/x" as all => format!("{a}{b_c}{d:?}{rest}"));
}

pub fn url() -> String {
    shop::all(1, 2, 3, 4, 5)
}

fn main() {
    http::create_server(shop);
}
