//! A server is an emitter: it tells who connects and where it listens.

use onward::prelude::*;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    server.on(event::Connection, |socket| {
        println!("new connection from {}", socket.remote_addr);
    });
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
