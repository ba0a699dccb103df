use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => req.url.path());
}

fn main() {}
