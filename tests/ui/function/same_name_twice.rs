use onward::prelude::*;

#[server]
async fn shop(res: Request, res: Response) -> Result {
    let path = req.url.path().to_owned();
    route!("/" => path);
}

fn main() {
    let _ = shop;
}
