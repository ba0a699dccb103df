use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> impl Reply {
    route!("/" => "a");
}

fn main() {}
