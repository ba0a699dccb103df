use onward::prelude::*;

struct Db {
    name: String,
}

#[server]
async fn shop(req: Request, res: Response, db: &Db) -> Result {
    route!("/a" => db.name.as_str());
}

fn main() {}
