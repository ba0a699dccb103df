use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(GET | GET "/x" => "a");
}

fn main() {}
