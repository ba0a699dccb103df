//! A server is an event emitter. This one has listeners for new connections and for the address that it listens on.

use onward::http;
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
