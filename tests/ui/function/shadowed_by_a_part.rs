use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let req = req.url.path();
    route!("/" => req);
}

#[server]
async fn api(req: Request, res: Response) -> Result {
    let req = req.body.text().await?;
    route!(POST "/" => req);
}

fn main() {
    let _ = (shop, api);
}
