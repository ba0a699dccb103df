use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, db: String) -> Result {
    route!("/" => db);
}

fn main() {
    http::create_server(shop);
}
