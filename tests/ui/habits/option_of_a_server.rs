use onward::prelude::*;

#[server(prefix = "/v1")]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
}

fn main() {}
