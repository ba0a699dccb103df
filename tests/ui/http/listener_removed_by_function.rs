use onward::http;
use onward::prelude::*;

fn closed(_: &()) {}

fn main() {
    let server = http::create_server(|_req, res| async move { res.end() });
    server.on(event::Close, closed);
    server.off(event::Close, closed);
}
