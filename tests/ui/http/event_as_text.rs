use onward::http;

fn main() {
    let server = http::create_server(|_req, res| async move { res.end() });
    server.on("connection", |_socket| println!("come in"));
}
