use onward::prelude::*;

use serde::Deserialize;

#[derive(Deserialize)]
struct Filter {
    max: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?filter={all..: Filter}" => all.max.to_string());
}

fn main() {}
