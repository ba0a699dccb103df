use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => ("a", StatusCode::OK));
}

fn main() {}
