use onward::http;
use onward::prelude::*;

#[derive(Debug)]
struct MyError;

impl From<Failure> for MyError {
    fn from(_: Failure) -> Self {
        Self
    }
}

#[server]
async fn shop(req: Request, res: Response) -> Result<Sent, MyError> {
    route!("/" => "a");
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|req, res| shop(req, res)).listen(3000).await
}
