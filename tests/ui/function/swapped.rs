use onward::http;
use onward::prelude::*;

#[server]
async fn shop(res: Response, req: Request) -> Result {
    route!("/products/{id}" as product => id.to_owned());
}



#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|req, res| shop(res, req)).listen(3000).await
}
