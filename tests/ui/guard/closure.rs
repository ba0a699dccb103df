use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" if |req| req.headers.is_empty() => "home");
}

fn main() {
    let _ = shop;
}
