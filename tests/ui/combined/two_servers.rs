#![deny(warnings)]

use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/:id" as item => id);
    route!(ANY "/admin/{rest..}" => admin(req.at(rest), res).await);
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => shop::item(7));
    route!("/x/" => res.end());
}

fn main() {
    http::create_server(shop);
}
