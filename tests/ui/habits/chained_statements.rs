use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    if req.headers.get("user").is_none() {
        res.status(401).json(json!({ "error": "sign in" }));
    }
    route!("/" => {
        if req.url.query_string().is_some() {
            res.html("<h1>Query</h1>");
        }
        "home"
    });
}

fn main() {}
