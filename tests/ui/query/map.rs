use onward::prelude::*;

use std::collections::HashMap;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{all: HashMap<String, String>}" => format!("{all:?}"));
}

fn main() {}
