use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(GET | HEAD "/x" => "a");
}

fn main() {}
