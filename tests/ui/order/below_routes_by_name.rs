#![deny(deprecated)]

use onward::cors;
use onward::prelude::*;

async fn authenticate(req: &Request) -> Result<u32> {
    Ok(req.headers.len().try_into()?)
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => "home");
    cors(&req, &mut res, "https://shop.example");
    res.set_header("access-control-allow-origin", "*");
    let _user = authenticate(&req).await?;
}

fn main() {
    let _ = shop;
}
