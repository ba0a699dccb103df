use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/file" => std::fs::read("file"));
}

fn main() {}
