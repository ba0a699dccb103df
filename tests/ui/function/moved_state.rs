use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, db: String) -> Result {
    route!("/" => db);
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let db = String::new();
    http::create_server(move |req, res| shop(req, res, db)).listen(3000).await
}
