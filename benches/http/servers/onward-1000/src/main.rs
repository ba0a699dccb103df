//! Onward with a thousand additional routes.

use app::{HELLO, Item};
use onward::http;
use onward::prelude::*;

include!(concat!(env!("OUT_DIR"), "/products.rs"));

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    http::create_server(products).listen(app::address()).await
}
