use onward::http;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(|_req, res| async move { res.end() });
    server.after_request(|_| {});
    server.before_request(|_| {});
    server.add_route("/", |_| {});
    server.group("/api", |_| {});
    server.websocket("/ws", |_| {});
    server.enable("trust proxy");
    let server = http::create_server(|_req, res| async move { res.end() }).layer(1);
    server.listen(3000).with_graceful_shutdown(async {}).await
}
