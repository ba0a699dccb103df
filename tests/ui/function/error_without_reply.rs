use onward::prelude::*;

struct MyError;

impl From<Error> for MyError {
    fn from(_: Error) -> Self {
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
