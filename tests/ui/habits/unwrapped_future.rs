use onward::prelude::*;
use std::sync::Arc;
use tokio::sync::Mutex;

async fn find() -> std::io::Result<String> {
    Ok(String::new())
}

#[server]
async fn shop(req: Request, res: Response, count: Arc<Mutex<u32>>) -> Result {
    route!("/find" => find().unwrap());
    route!("/expect" => find().expect("a name"));
    route!("/count" => {
        *count.lock().unwrap() += 1;
        "counted"
    });
}

fn main() {}
