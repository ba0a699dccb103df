use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> Json => Json(7));
    route!(POST "/products" -> Created => Created(()));
}

fn main() {}
