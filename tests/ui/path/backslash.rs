use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(r"\users" => "a");
    route!(r"/users\all" => "b");
}

fn main() {}
