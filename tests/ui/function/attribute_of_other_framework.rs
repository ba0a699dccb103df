use onward::prelude::*;

#[get("/products")]
async fn products(_req: Request, res: Response) -> Result {
    Ok(res.end())
}

fn main() {}
