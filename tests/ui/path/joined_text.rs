use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/api" + "/users" => "users");
    route!(concat!("/api", "/orders") => "orders");
    route!("/typed/<id: u32>" => format!("{id}"));
}

fn main() {
    let _ = shop;
}
