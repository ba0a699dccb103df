//! hyper as in its own `hello` example: with a timer, without which a client may take forever to send its headers.

mod serve;

use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use std::io;

#[tokio::main(worker_threads = 1)]
async fn main() -> io::Result<()> {
    serve::serve(http1::Builder::new().timer(TokioTimer::new())).await
}
