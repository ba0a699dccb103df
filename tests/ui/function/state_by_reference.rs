use onward::http;
use onward::prelude::*;

#[derive(Clone)]
struct Db;

#[server]
async fn shop(req: Request, res: Response, db: Db) -> Result {
    route!("/" => "home");
}

#[server]
async fn site(req: Request, res: Response, db: &Db) -> Result {
    route!("/" => "home");
}

fn main() {
    let db = Db;
    http::create_server(move |req, res| shop(req, res, &db));
    let db = Db;
    http::create_server(move |req, res| site(req, res, &db));
    let db = Db;
    http::create_server(async move |req, res| site(req, res, &db).await);
}
