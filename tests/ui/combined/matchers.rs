use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.set_header("content type", "x");
    route!("users/{id}" as user => { let id: u32 = id.parse()?; res.send(Json(id)) });
    route!("/files/{rest..}/x" as file => rest.to_string());
    route!(POST, "/x" => { let new: Vec<u8> = req.body.json().await?; (StatusCode::CREATED, Json(new)) });
    route!("/w" -> "b");
    if req.headers.is_empty() {
        route!("/q" => "q");
    }
}

fn other() -> (String, String) {
    (shop::user(7), shop::file("x"))
}

fn main() {
    let _ = other();
}
