use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if req.headers.get("user") != "ada" {
        return Err(Error::not_found());
    }
    route!("/" => if req.headers.get("accept") == Some("text/html") { "page" } else { "text" });
}

fn main() {}
