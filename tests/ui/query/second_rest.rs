use onward::prelude::*;

use serde::Deserialize;

#[derive(Deserialize)]
struct Filter {
    max: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{a..: Filter}&{b..: Filter}" => format!("{}{}", a.max, b.max));
}

fn main() {}
