use onward::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};

type Names = Arc<tokio::sync::RwLock<Vec<String>>>;

fn find(users: &RwLock<HashMap<u32, String>>) -> Option<String> {
    users.get(&7).cloned()
}

#[server]
async fn shop(
    req: Request,
    res: Response,
    list: Arc<Mutex<Vec<String>>>,
    text: Arc<tokio::sync::Mutex<String>>,
    names: Names,
) -> Result {
    route!(POST "/list/{name}" => {
        list.push(name.to_owned());
        "saved"
    });
    route!(POST "/text/{name}" => {
        text.push_str(name);
        "saved"
    });
    route!("/names" => names.len());
}

fn main() {
    let _ = (shop, find);
}
