use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => req.headers.get("x").map(|_| "a")?);
}

fn main() {}
