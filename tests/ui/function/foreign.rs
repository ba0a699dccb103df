use onward::http;
use onward::prelude::*;

#[server]
async extern "C" fn shop(req: Request, res: Response) -> Result {
    route!("/products/{id}" as product => id.to_owned());
}

async fn call(req: Request, res: Response) -> Result {
    shop(req, res).await
}

pub fn url() -> String {
    shop::product(7)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|req, res| shop(req, res)).listen(3000).await
}
