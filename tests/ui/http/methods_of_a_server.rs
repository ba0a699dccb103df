use onward::http;

fn main() {
    let server = http::create_server(|_req, res| async move { res.end() });
    server.fallback(1);
    server.layer(1);
    server.state(1);
    server.workers(4);
}
