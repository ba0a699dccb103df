use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id}" => id.to_owned());
    route!("/users/me" => "me");
}

fn main() {}
