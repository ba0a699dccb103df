use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(nest "/admin" => admin(req, res).await);
    route!(Mount "/admin" => admin(req, res).await);
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
}

fn main() {}
