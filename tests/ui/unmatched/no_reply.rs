use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(unmatched => 7_u8);
}

fn main() {}
