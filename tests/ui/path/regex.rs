use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/([0-9]+)" => "a");
}

fn main() {}
