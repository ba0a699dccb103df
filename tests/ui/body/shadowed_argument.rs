use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, db: String) -> Result {
    route!(POST "/products" (db: String) => db);
}

fn main() {}
