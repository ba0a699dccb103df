use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if req.headers.get("user").is_none() {
        return res.send("sign in");
    }
    if req.url.query_string().is_some() {
        return res.end();
    }
    route!("/" => (StatusCode::OK, [("x-shop", "cups")], "hello"));
}

fn main() {}
