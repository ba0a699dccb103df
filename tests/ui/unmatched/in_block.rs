use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    if true {
        route!(unmatched);
    }
}

fn main() {}
