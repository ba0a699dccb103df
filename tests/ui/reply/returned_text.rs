use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => return "a");
}

fn main() {}
