use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!([GET, POST] "/x" => "a");
    route!((GET | POST) "/y" => "b");
}

fn main() {}
