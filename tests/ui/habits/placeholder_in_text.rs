#![deny(deprecated)]

use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, owner: String) -> Result {
    let title = format!("the shop of {owner}");
    route!("/" => "welcome to {title}");
    route!("/template" => res.send("welcome to ${title}"));
    route!("/owner" => if title.is_empty() { "none" } else { "{owner}" });
}

fn main() {
    let _ = shop;
}
