use onward::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};

async fn save(_: u32) {}

struct Db;

impl Db {
    async fn find(&self, _: u32) -> String {
        String::new()
    }
}

type Names = Arc<Mutex<HashMap<u32, String>>>;

#[server]
async fn shop(req: Request, res: Response, names: Names, jobs: Arc<Mutex<Vec<u32>>>, count: Arc<RwLock<u32>>, db: Arc<Mutex<Db>>) -> Result {
    route!("/match/{id: u32}" => match names.lock().unwrap().get(&id) {
        Some(name) => {
            save(id).await;
            name.clone()
        }
        None => String::new(),
    });
    route!("/let" => {
        if let Some(id) = jobs.lock().expect("a lock").first() {
            save(*id).await;
        }
        if let Ok(jobs) = jobs.lock() {
            save(jobs[0]).await;
        }
        "let"
    });
    route!("/loops" => {
        while let Some(id) = jobs.lock().unwrap().pop() {
            save(id).await;
        }
        for id in jobs.lock().unwrap().iter() {
            save(*id).await;
        }
        "loops"
    });
    route!("/argument" => {
        save(*count.read().unwrap()).await;
        "argument"
    });
    route!("/method" => db.lock().unwrap().find(7).await);
}

fn main() {}
