use onward::prelude::*;

#[server(crate = onward trailing_slash = ignore)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
}

fn main() {}
