use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request) -> Result {
    route!("/products/{id}" as product => id.to_owned());
}

pub fn url() -> String {
    shop::product(7)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|req, _res| shop(req)).listen(3000).await
}
