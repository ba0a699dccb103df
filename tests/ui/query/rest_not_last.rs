use onward::prelude::*;

use serde::Deserialize;

#[derive(Deserialize)]
struct Filter {
    max: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{filter..: Filter}&{page: u32}" => format!("{page}{}", filter.max));
}

fn main() {}
