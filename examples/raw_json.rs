//! A JSON response without the macro: `curl -i localhost:3000/products`.

use onward::http;
use onward::prelude::*;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(|req, mut res| async move {
        if req.url == "/" {
            res.write("hello");
            res.end();
        } else if req.url == "/products" {
            res.send(Json(["shoes", "lipstick", "cups"]));
        }
    });
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
