use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/{id: Option<u32>}" => Json(id));
}

fn main() {}
