use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => (404, "no such page"));
    route!("/x" => 404);
}

fn main() {}
