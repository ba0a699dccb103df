use onward::prelude::*;

#[server(port = 3000)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
}

fn main() {}
