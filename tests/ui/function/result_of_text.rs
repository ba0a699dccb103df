use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result<String> {
    route!("/" => "a");
}

fn main() {}
