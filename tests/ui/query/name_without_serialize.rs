use onward::prelude::*;

use serde::Deserialize;

#[derive(Deserialize)]
struct Sort;

impl Sort {
    fn name(&self) -> &'static str {
        "name"
    }
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{sort: Sort}" as products => sort.name());
}

fn main() {}
