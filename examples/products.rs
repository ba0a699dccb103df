//! Two routes written with the macro: `curl -i localhost:3000/products`.

use onward::http;
use onward::prelude::*;

#[server]
async fn products(req: Request, res: Response) -> Result {
    route!("/" => "hello");
    route!("/products" => json!["shoes", "lipstick", "cups"]);
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(products);
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
