use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(unmatched "/x" => "no such page");
}

fn main() {}
