use app::Sold;
use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::serve::ListenerExt;
use axum::{Error, Router};
use tokio::net::TcpListener;
use tokio::sync::broadcast::{self, Sender};
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if socket.send(message).await.is_err() {
            return;
        }
    }
}

async fn live(State(sold): State<Sender<Sold>>) -> Sse<impl Stream<Item = Result<Event, Error>>> {
    // A follower that was too slow misses events.
    let events = BroadcastStream::new(sold.subscribe()).filter_map(Result::ok);
    let events = events.map(|sold| Event::default().event("Sold").json_data(sold));
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn sell(State(sold): State<Sender<Sold>>) -> StatusCode {
    // Without a follower, nothing is sent.
    let _ = sold.send(Sold::LAMP);
    StatusCode::NO_CONTENT
}

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let upgrade =
        async |upgrade: WebSocketUpgrade| -> Response { upgrade.on_upgrade(echo).into_response() };
    let router = Router::new()
        .route("/echo", any(upgrade))
        .route("/live", get(live))
        .route("/sold", post(sell))
        .with_state(broadcast::channel(256).0);
    let listener = TcpListener::bind(app::address()).await?;
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await
}
