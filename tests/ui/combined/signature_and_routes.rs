#![deny(warnings)]

use onward::http;
use onward::prelude::*;
use std::collections::BTreeMap;

#[server(port = 3000)]
fn shop(req: Request, res: Response, mut db: BTreeMap<u32, String>) {
    let user = req.headers.get("user");
    route!("/products/{id: u32}" as product => db.remove(&id));
    route!(PSOT "/products" => {
        let new: String = req.body.json().await?;
        db.insert(1, new);
        StatusCode::CREATED
    });
    route!("/users/<name>" if user.is_some() => name);
    let reply = route!("/late" => "late");
}

async fn call(req: Request, res: Response) -> Result {
    shop(req, res, BTreeMap::new()).await
}

pub fn url() -> String {
    shop::product(7)
}

fn main() {
    http::create_server(call);
}
