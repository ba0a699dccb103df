use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if true {
        route!(mount "/admin" => admin(req, res).await);
    }
    route!("/" => "home");
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
}

fn main() {}
