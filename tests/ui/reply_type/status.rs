use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> StatusCode::OK => StatusCode::OK);
}

fn main() {}
