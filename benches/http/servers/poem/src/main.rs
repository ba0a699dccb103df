use app::{HELLO, Item, Message, Product};
use poem::listener::TcpAcceptor;
use poem::web::{Json, Path};
use poem::{Route, Server, get, handler, post};

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let routes = Route::new()
        .at("/", get(hello))
        .at("/json", get(json))
        .at("/products/:id", get(product))
        .at("/products", post(create));
    Server::new_with_acceptor(TcpAcceptor::from_std(app::listener()?)?)
        .run(routes)
        .await
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
async fn product(Path(id): Path<u32>) -> Json<Product> {
    Json(Product::find(id))
}

#[handler]
async fn create(item: Json<Item>) -> Json<Item> {
    item
}
