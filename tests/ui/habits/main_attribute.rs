use onward::http;

#[onward::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|_req, res| async move { res.send("hello") }).listen(3000).await
}
