use onward::prelude::*;

#[server(GET, "/api")]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
}

fn main() {}
