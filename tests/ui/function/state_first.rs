use onward::http;
use onward::prelude::*;

#[server]
async fn shop(db: u8, req: Request, res: Response) -> Result {
    route!("/products/{id}" as product => id.to_owned());
}



#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|req, res| shop(7, req, res)).listen(3000).await
}
