use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users" as shop::users => "users");
}

fn main() {}
