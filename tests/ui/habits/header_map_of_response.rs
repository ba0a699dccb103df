use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.header().set("content-type", "application/json");
    res.headers_mut().append("vary", "origin");
    res.write_header(500);
    route!("/" => "home");
}

fn main() {}
