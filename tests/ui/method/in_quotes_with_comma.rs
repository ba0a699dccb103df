use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("POST", "/users" => "users");
}

fn main() {}
