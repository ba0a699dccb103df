#![deny(warnings)]

use onward::http;
use onward::prelude::*;
use std::net::IpAddr;

#[server]
async fn shop(req: Request, res: Response, db: String) -> Result {
    route!("/a/{db}" as a => db);
    route!("/b/{user-id}" as b => user_id);
    route!("/c/{x}/{x}" as c => x);
    route!("/d/{ip: IpAddr}" as d => "unused");
    route!("/e" as type => "a");
    route!(_ => "missing");
}

pub fn urls() -> Vec<String> {
    vec![shop::a("x"), shop::b(7), shop::c(1, 2), shop::d([127, 0, 0, 1].into())]
}

async fn call(req: Request, res: Response) -> Result {
    shop(req, res, String::new()).await
}

fn main() {
    http::create_server(|req, res| call(req, res));
}
