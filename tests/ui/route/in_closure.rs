use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let _reply = || route!("/x" => "a");
    route!("/" => "b");
}

fn main() {}
