use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.set_header("Location: /login");
    res.set_header("X-Frame-Options:", "DENY");
    route!("/" => StatusCode::FOUND);
}

fn main() {}
