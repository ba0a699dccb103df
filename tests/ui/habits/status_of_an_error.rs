use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if req.url == "/old" {
        return Err(Error::new(410, "gone"));
    }
    if req.url == "/older" {
        return Err(Error::new("gone", StatusCode::GONE));
    }
    route!("/none" => (http::StatusNotFound, "no such page"));
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
