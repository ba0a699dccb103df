use onward::prelude::*;

#[server]
async fn shop(mut req: Request, mut res: Response) -> Result {
    let token = req.headers.get("x-token").ok_or(StatusCode::UNAUTHORIZED)?;
    let id: u32 = "7".parse().map_err(|_| (StatusCode::BAD_REQUEST, "no number"))?;
    if token.is_empty() || id == 0 {
        return Err(StatusCode::FORBIDDEN.into());
    }
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
