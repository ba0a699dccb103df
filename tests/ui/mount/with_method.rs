use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(GET mount "/admin" => admin(req, res).await);
    route!(mount POST "/posts" => admin(req, res).await);
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
}

fn main() {}
