use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" handler(req, res).await);
    route!("/y" "a");
    route!(POST "/z" as z { "b" });
}

async fn handler(_req: Request, res: Response) -> Result {
    Ok(res.end())
}

fn main() {}
