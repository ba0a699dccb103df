use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if req.url.query_string().is_some() {
        route!("/debug" => "a");
    }
    route!("/" => "b");
}

fn main() {}
