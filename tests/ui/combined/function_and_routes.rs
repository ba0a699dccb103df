use onward::http;
use onward::prelude::*;
use std::sync::Arc;

struct Db;
impl Db {
    async fn find(&self, _id: u32) -> Option<String> {
        None
    }
}
#[server(port = 1)]
fn shop(req: Request, res: Response, db: Arc<Db>) -> String {
    let user = req.headers.get("x").is_some();
    route!("/u/:id" => db.find(id).await);
    route!("/v/{id: u32}" if user as v => db.find(id).await);
    route!(_ => StatusCode::NOT_FOUND);
    route!("/w/" => "x");
}

fn mount() {
    http::create_server(|req, res| shop(req, res, Arc::new(Db)));
}

fn main() {
    mount();
}
