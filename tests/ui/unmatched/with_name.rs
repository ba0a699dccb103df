use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(unmatched as missing => "no such page");
}

fn main() {}
