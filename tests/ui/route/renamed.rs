use onward::prelude::*;
use onward::route as path;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
    path!("/x" => "b");
}

fn main() {}
