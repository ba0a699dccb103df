//! hyper without a timer, and so without a timeout for headers.

mod serve;

use hyper::server::conn::http1;
use std::io;

#[tokio::main(worker_threads = 1)]
async fn main() -> io::Result<()> {
    serve::serve(&http1::Builder::new()).await
}
