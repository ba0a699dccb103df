use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(ANY "/x" => "a");
    route!(DELETE "/x" => "b");
}

fn main() {}
