use onward::http;
use onward::prelude::*;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(|_req, res| async move { res.send("hello") })
        .on(event::Listening, |_| println!("listening"))
        .listen(3000)
        .await
}
