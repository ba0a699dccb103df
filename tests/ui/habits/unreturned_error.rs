#![deny(unused_must_use)]

use onward::prelude::*;

fn check(req: &Request) -> Result<()> {
    if req.url.query_string().is_none() {
        Error::new(StatusCode::BAD_REQUEST, "a query is required");
    }
    Ok(())
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    check(&req)?;
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
