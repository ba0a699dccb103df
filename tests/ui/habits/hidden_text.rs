#![deny(deprecated)]

use onward::prelude::*;

fn find() -> Option<String> {
    None
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/product" => find().ok_or("not found")?);
    route!("/user/{id: u32}" => find().ok_or_else(|| format!("no such user: {id}"))?);
    route!("/number" => "7".parse::<u32>().map_err(|_| "invalid number")?.to_string());
}

fn main() {}
