use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if req.url.path().len() > 100 {
        return (StatusCode::NOT_FOUND, "none");
    }
    route!("/a" => return "a");
    route!("/b" => {
        if req.headers.contains_key("x-a") {
            return (StatusCode::NOT_FOUND, "none");
        }
        "b"
    });
}

fn main() {}
