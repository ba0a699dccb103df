use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, db: String) -> Result {
    route!("/" => db);
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|req, res| shop(req, res)).listen(3000).await
}
