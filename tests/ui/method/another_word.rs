use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(ALL "/x" => "a");
    route!(DEL "/x" => "b");
}

fn main() {}
