use poem::listener::TcpListener;
use poem::{Route, Server, get, handler};

#[handler]
async fn hello() -> &'static str {
    "hello"
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let routes = Route::new().at("/", get(hello));
    Server::new(TcpListener::bind("0.0.0.0:3000"))
        .run(routes)
        .await
}
