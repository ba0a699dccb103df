use onward::prelude::*;

#[server("/api")]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
}

fn main() {}
