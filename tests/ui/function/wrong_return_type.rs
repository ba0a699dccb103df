use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> String {
    route!("/" => "a");
}

fn main() {}
