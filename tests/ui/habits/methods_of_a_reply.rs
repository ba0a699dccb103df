use onward::prelude::*;

async fn list() -> &'static str {
    "list"
}

async fn add() -> &'static str {
    "add"
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => get(list).post(add));
}

fn main() {}
