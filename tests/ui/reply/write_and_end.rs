use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => res.write("a").end());
}

fn main() {}
