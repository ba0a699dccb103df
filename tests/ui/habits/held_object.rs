use onward::prelude::*;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, MutexGuard};

async fn save(_: u32) {}

async fn report(_: String) {}

fn load() -> Result<String, Box<dyn StdError>> {
    Ok(String::new())
}

trait Shape {
    fn area(&self) -> u32;
}

struct Square;

impl Shape for Square {
    fn area(&self) -> u32 {
        4
    }
}

#[server]
async fn shop(req: Request, res: Response, count: Arc<Mutex<u32>>) -> Result {
    route!("/object" => {
        let shape: Box<dyn Shape> = Box::new(Square);
        save(shape.area()).await;
        "object"
    });
    route!("/typed" => {
        let guard: MutexGuard<'_, u32> = count.lock().unwrap();
        save(*guard).await;
        "typed"
    });
    route!("/else" => {
        let Ok(guard) = count.lock() else {
            return Err(Error::new(StatusCode::CONFLICT, "poisoned"));
        };
        save(*guard).await;
        "else"
    });
    route!("/arm" => match load() {
        Ok(text) => text,
        Err(error) => {
            report(error.to_string()).await;
            "failed".to_owned()
        }
    });
    route!("/if" => {
        if let Err(error) = load() {
            report(error.to_string()).await;
        }
        "if"
    });
}

fn main() {
    let _ = shop;
}
