use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (Json(new): Json) => new);
}

fn main() {}
