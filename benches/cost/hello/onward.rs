use onward::http;
use onward::prelude::*;

#[server]
async fn hello(req: Request, res: Response) -> Result {
    route!("/" => "hello");
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(hello).listen(3000).await
}
