use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => { "a"; });
    route!("/b" => {
        let size = req.headers.len();
        Json(size);
    });
    route!("/d" => { (StatusCode::CREATED, "d"); });
    route!("/c" => { json!({ "a": 1 }); });
}

fn main() {}
