use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(GET unmatched => "no such page");
}

fn main() {}
