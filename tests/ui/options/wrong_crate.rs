use onward::prelude::*;

#[server(crate = outward)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
}

fn main() {}
