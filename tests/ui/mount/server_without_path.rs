use onward::prelude::*;

#[server]
async fn api(req: Request, res: Response) -> Result {
    route!("/users" => "users");
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount api(req, res).await);
    route!(mount api, "/api");
    route!(mount api);
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
