use onward::prelude::*;

struct NewProduct {
    name: String,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (Json(new): Json<NewProduct>) => new.name);
}

fn main() {}
