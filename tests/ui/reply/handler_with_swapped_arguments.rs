use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(ANY "/admin/{rest..}" => admin(res, req.at(rest)).await);
}

async fn admin(_req: Request, res: Response) -> Result {
    Ok(res.end())
}

fn main() {}
