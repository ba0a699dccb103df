use onward::prelude::*;
use std::sync::{Arc, Mutex};

async fn save(_: u32) {}

#[server]
async fn shop(req: Request, res: Response, count: Arc<Mutex<u32>>) -> Result {
    route!("/a" => {
        let mut count = count.lock().unwrap();
        *count += 1;
        save(*count).await;
        "a"
    });
    route!("/b" => {
        let count = count.lock().expect("a lock");
        drop(count);
        save(7).await;
        "b"
    });
    route!("/c" => {
        let mut count = count.lock().unwrap();
        *count += 1;
        drop(count);
        save(7).await;
        "c"
    });
}

fn main() {}
