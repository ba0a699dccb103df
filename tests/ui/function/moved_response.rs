use onward::prelude::*;

fn is_banned(_: &Request) -> bool {
    false
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    if is_banned(&req) {
        res.send("no");
    }
    route!("/products" => "products");
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    inspect(req);
    route!("/" => "home");
}

fn inspect(_: Request) {}

fn main() {
    let _ = (shop, admin);
}
