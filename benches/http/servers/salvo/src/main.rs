use app::{HELLO, Item, Message, Product};
use salvo::conn::tcp::TcpAcceptor;
use salvo::prelude::*;

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let router = Router::new()
        .get(hello)
        .push(Router::with_path("json").get(json))
        .push(Router::with_path("products").post(create))
        .push(Router::with_path("products/{id}").get(product));
    let listener = tokio::net::TcpListener::from_std(app::listener()?)?;
    let acceptor = TcpAcceptor::try_from(listener)?;
    Server::new(acceptor).serve(router).await;
    Ok(())
}

#[handler]
async fn hello() -> &'static str {
    HELLO
}

#[handler]
async fn json() -> Json<Message> {
    Json(Message::HELLO)
}

#[handler]
async fn product(req: &mut Request) -> Result<Json<Product>, StatusError> {
    let id = req.param("id").ok_or_else(StatusError::bad_request)?;
    Ok(Json(Product::find(id)))
}

#[handler]
async fn create(req: &mut Request) -> Result<Json<Item>, StatusError> {
    let item = req
        .parse_json()
        .await
        .map_err(|_| StatusError::bad_request())?;
    Ok(Json(item))
}
