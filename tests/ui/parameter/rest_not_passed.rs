use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(ANY "/admin/{rest..}" => admin(req, res).await);
    route!("/files/{path..}" => "a file");
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
}

fn main() {
    let _ = shop;
}
