#![deny(warnings)]

use onward::http;
use onward::prelude::*;
use std::collections::HashMap;

#[derive(Clone)]
struct Db;

impl Db {
    async fn product(&self, id: u32) -> Option<String> {
        Some(id.to_string())
    }
}

#[server]
async fn shop(req: Request, mut res: Response, db: Db) -> Result {
    let mut seen = Vec::new();
    route!(get "/" => "hello");
    route!("/products/:id" as product => db.product(id).await);
    route!("/users/{id: u32" => {
        seen.push(id);
        res.set_header("x-seen", seen.len());
        let map: HashMap<u32, u32> = HashMap::new();
        Json(map)
    });
    if req.headers.is_empty() {
        route!("/empty" => "empty");
    }
    route!("/right" => "right");
    route!("/right" as right => "wrong");
}

pub fn urls() -> [String; 2] {
    [shop::product(7), shop::right()]
}

fn main() {
    http::create_server(|req, res| shop(req, res, Db));
}
