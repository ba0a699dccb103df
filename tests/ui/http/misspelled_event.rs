use onward::http;
use onward::prelude::*;

fn main() {
    let server = http::create_server(|_req, res| async move { res.end() });
    server.on(event::Conection, |_socket| println!("come in"));
}
