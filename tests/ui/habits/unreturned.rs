use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if req.url.query_string().is_none() {
        (StatusCode::BAD_REQUEST, "a query is required");
    }
    if req.headers.contains_key("x-old") {
        StatusCode::GONE
    } else if req.headers.contains_key("x-banned") {
        Err(Error::new(StatusCode::FORBIDDEN, "banned"))
    }
    let Some(user) = req.headers.get("x-user") else {
        Err(Error::new(StatusCode::UNAUTHORIZED, "no user"))
    };
    route!(POST "/" => {
        if user.is_empty() {
            Json("no name");
        }
        "saved"
    });
}

fn main() {
    let _ = shop;
}
