use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    if req.url.query_string().is_some() {
        return;
    }
    if req.headers.is_empty() {
        return None;
    }
    route!("/" => {
        if req.method == Method::HEAD {
            return Some("head");
        }
        "get"
    });
}

fn main() {
    let _ = shop;
}
