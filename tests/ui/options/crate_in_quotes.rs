use onward::prelude::*;

#[server(crate = "onward")]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
}

fn main() {}
