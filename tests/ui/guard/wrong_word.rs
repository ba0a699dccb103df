use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" where true => "a");
    route!("/y" when true => "b");
}

fn main() {}
