use onward::http;
use onward::prelude::*;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    server.listen(3000).await?;
    server.on(event::Listening, |at| println!("Listening on {at}"));
    Ok(())
}
