use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/docs#top" => "a");
}

fn main() {}
