use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => "no such page", 404);
    route!("/b" => StatusCode::OK, "b");
    route!("/c" => Json([1]), StatusCode::CREATED);
    route!("/d" => 404, format!("no page {}", 1));
}

fn main() {}
