#![deny(warnings)]

use onward::http;
use onward::prelude::*;

#[server]
async fn shop(request: Request) -> Result {
    route!("about" as about => "about");
    route!("/a/" => "a");
    route!("/b//c" => request.url.to_string());
    route!("/d" -> res.end());
}

pub fn url() -> String {
    shop::about()
}

fn main() {
    http::create_server(|req, _res| shop(req));
}
