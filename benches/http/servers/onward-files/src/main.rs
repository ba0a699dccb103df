//! A directory of files, served by Onward on tokio's multi-thread runtime.

use onward::files::Files;
use onward::http;
use onward::prelude::*;

#[server]
async fn site(req: Request, res: Response, www: Files) -> Result {
    route!("/files/{path..}" => www.send(&req, res, path).await);
}

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let www = Files::new(app::folder());
    let server = http::create_server(move |req, res| site(req, res, www.clone()));
    server.listen(app::address()).await
}
