use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/api" => {
        route!("/users" => "users");
    });
}

fn main() {}
