use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/admin" => helper(req, res).await);
}

async fn helper(_req: Request, res: Response) -> Result {
    Ok(res.send("helper"))
}

fn main() {}
