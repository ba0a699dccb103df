use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(FETCH "/x" => "a");
    route!(PROPFIND "/x" => "b");
}

fn main() {}
