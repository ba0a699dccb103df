//! A handler without the macro: a request, a response, and an `if`.

use onward::http;
use onward::prelude::*;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(|req, mut res| async move {
        if req.url == "/" {
            res.write("hello");
            res.end();
        }
    });
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
