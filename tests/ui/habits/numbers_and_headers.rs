use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => (404, "no such page"));
    route!("/b" => 204);
    route!("/c" => (299, Json([1])));
    route!("/d" => ([("x-a", "1")], "x"));
    route!("/e" => true);
    route!("/f" => HttpResponse::Ok().body("x"));
}

fn main() {}
