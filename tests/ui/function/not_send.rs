use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let name = std::rc::Rc::new(7);
    tokio::task::yield_now().await;
    println!("{name}");
    route!("/" => "a");
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|req, res| shop(req, res)).listen(3000).await
}
