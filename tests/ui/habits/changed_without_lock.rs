use onward::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};

static REQUESTS: u32 = 0;

struct Shop {
    sold: u32,
}

#[server]
async fn shop(
    req: Request,
    res: Response,
    visits: Arc<u32>,
    names: Arc<Vec<String>>,
    users: Arc<HashMap<u32, String>>,
    shop: Arc<Shop>,
    locked: Arc<Mutex<Shop>>,
    prices: Arc<RwLock<Vec<u32>>>,
    count: u64,
) -> Result {
    REQUESTS += 1;
    route!("/visits" => {
        *visits += 1;
        format!("visit {visits}")
    });
    route!(POST "/names/{name}" => {
        names.push(name.to_owned());
        "saved"
    });
    route!(POST "/users/{name}" => {
        users.insert(1, name.to_owned());
        "saved"
    });
    route!(POST "/sold" => {
        shop.sold += 1;
        "sold"
    });
    route!(POST "/sold/locked" => {
        locked.sold -= 1;
        "sold"
    });
    route!(POST "/prices" => {
        prices[0] = 7;
        "changed"
    });
    route!("/count" => {
        count += 1;
        format!("{count}")
    });
}

fn main() {
    let _ = shop;
}
