use onward::prelude::*;

use serde::Deserialize;

#[derive(Deserialize)]
struct NewProduct {
    name: String,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (Form(new): Json<NewProduct>) => new.name);
}

fn main() {}
