use onward::prelude::*;

async fn shop(_req: Request, res: Response) -> Result {
    route!("/" => "a");
    Ok(res.end())
}

fn main() {}
