#![deny(deprecated)]

use onward::prelude::*;
use std::time::Duration;

mod reqwest {
    pub mod blocking {
        pub fn get(_: &str) {}
    }
}

#[server]
async fn shop(req: Request, res: Response, runtime: tokio::runtime::Handle) -> Result {
    std::thread::sleep(Duration::from_secs(1));
    route!("/client" => {
        reqwest::blocking::get("https://example.com");
        "client"
    });
    route!("/runtime" => runtime.block_on(tokio::time::sleep(Duration::from_secs(1))));
}

fn main() {}
