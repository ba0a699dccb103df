use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("∕users" => "a");
    route!("/users/｛id｝" => "b");
}

fn main() {}
