//! Onward with TLS, on tokio's multi-thread runtime.

use app::HELLO;
use onward::http::{self, Tls};
use onward::prelude::*;

#[server]
async fn site(req: Request, res: Response) -> Result {
    route!("/" => HELLO);
}

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let (certificate, key) = app::certificate();
    let server = http::create_server(site).tls(Tls::pem(certificate, key)?);
    server.listen(app::address()).await
}
