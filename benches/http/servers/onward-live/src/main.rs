use app::Sold;
use onward::http;
use onward::prelude::*;
use onward::websocket::{WebSocket, WebSocketError, websocket};

#[server]
async fn live(req: Request, res: Response, live: Live) -> Result {
    route!("/echo" => websocket(&req, res, echo));
    route!("/live" => live.follow(&req));
    route!(POST "/sold" => {
        live.send("Sold", &Sold::LAMP)?;
        StatusCode::NO_CONTENT
    });
}

async fn echo(mut socket: WebSocket) -> Result<(), WebSocketError> {
    while let Some(message) = socket.next().await {
        socket.send(message?).await?;
    }
    Ok(())
}

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let feed = Live::new(256);
    let server = http::create_server(move |req, res| live(req, res, feed.clone()));
    server.listen(app::address()).await
}
