use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(Method::GET "/x" => "a");
}

fn main() {}
