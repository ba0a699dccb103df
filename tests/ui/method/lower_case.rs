use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(get "/x" => "a");
    route!(Post "/x" => "b");
}

fn main() {}
