use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(path = "/x" => "a");
    route!(method = GET, path = "/y" => "b");
    route!("/z", name = "z" => "c");
}

fn main() {}
