use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(ANY | GET "/x" => "a");
}

fn main() {}
