use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(ANY "/{path..}" => path.to_string());
    route!(mount "/admin" => admin(req, res).await);
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
}

fn main() {}
