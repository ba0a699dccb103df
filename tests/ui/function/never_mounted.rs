#![deny(dead_code)]

use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" as root => "a");
}

#[server]
async fn admin(req: Request, res: Response) {
    route!("/" => "b");
}

fn main() {
    http::create_server(|req, res| async { println!("{} {:?}", shop::root(), (req, res)) });
}
