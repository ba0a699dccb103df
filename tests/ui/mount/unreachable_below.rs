use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/admin" => admin(req, res).await);
    route!("/admin/users/{id: u32}" => id.to_string());
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
}

fn main() {}
