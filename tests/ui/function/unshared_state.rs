use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, db: std::rc::Rc<u8>) -> Result {
    route!("/" => db.to_string());
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let db = std::rc::Rc::new(7);
    http::create_server(move |req, res| shop(req, res, db.clone())).listen(3000).await
}
