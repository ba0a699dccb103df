use app::{HELLO, Item, Message, Product};
use axum::extract::Path;
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router};
use tokio::net::TcpListener;

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let router = Router::new()
        .route("/", get(async || HELLO))
        .route("/json", get(async || Json(Message::HELLO)))
        .route(
            "/products/{id}",
            get(async |Path(id): Path<u32>| Json(Product::find(id))),
        )
        .route("/products", post(async |Json(item): Json<Item>| Json(item)));
    let listener = TcpListener::bind(app::address()).await?;
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await
}
