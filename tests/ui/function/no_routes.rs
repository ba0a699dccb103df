use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {}

fn main() {}
