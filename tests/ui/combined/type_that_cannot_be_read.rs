#![deny(warnings)]

use onward::http;
use onward::prelude::*;

struct UserId(u32);

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: UserId}" => format!("{}", id.0));
    route!(POST "/users/{id: UserId}" => format!("{}", id.0));
    route!("/users/{id: UserId}/edit" => format!("{}", id.0));
}

fn main() {
    http::create_server(shop);
}
