use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, user: Option<String>) -> Result {
    route!("/match" => match user {
        Some(user) => res.send(Json(user)),
        None => StatusCode::NOT_FOUND,
    });
    route!("/if" => if user.is_some() { "found" } else { res.send(StatusCode::NOT_FOUND) });
}

fn main() {
    let _ = shop;
}
