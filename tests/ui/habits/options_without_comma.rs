use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id}" rank = 2 => id.to_owned());
    route!(POST "/users" data = "<user>" => "saved");
    route!(POST "/orders" format = "json" => "saved");
}

fn main() {
    let _ = shop;
}
