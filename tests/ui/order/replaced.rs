#![deny(deprecated)]

use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/header" => {
        res.set_header("content-type", "text/plain");
        res.set_header("content-type", "text/css");
        "a {}"
    });
    route!("/status" => {
        res.status_code = StatusCode::CREATED;
        res.status_code = StatusCode::ACCEPTED;
        "made"
    });
    route!("/reply" => {
        res.status_code = StatusCode::CREATED;
        (StatusCode::OK, "made")
    });
}

fn main() {
    let _ = shop;
}
