//! Onward on tokio's multi-thread runtime.

mod routes;

use onward::http;
use routes::products;

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    http::create_server(products).listen(app::address()).await
}
