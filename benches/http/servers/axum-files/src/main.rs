//! A directory of files, served by axum with tower-http's `ServeDir`.

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let router = Router::new().nest_service("/files", ServeDir::new(app::folder()));
    let listener = TcpListener::bind(app::address()).await?;
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await
}
