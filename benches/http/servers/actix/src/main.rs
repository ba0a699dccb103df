use actix_web::web::{Json, Path};
use actix_web::{App, HttpServer, Responder, get, post};
use app::{HELLO, Item, Message, Product};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| {
        App::new()
            .service(hello)
            .service(json)
            .service(product)
            .service(create)
    })
    .workers(1)
    .tcp_nodelay(true)
    .bind(app::address())?
    .run()
    .await
}

#[get("/")]
async fn hello() -> &'static str {
    HELLO
}

#[get("/json")]
async fn json() -> impl Responder {
    Json(Message::HELLO)
}

#[get("/products/{id}")]
async fn product(id: Path<u32>) -> impl Responder {
    Json(Product::find(*id))
}

#[post("/products")]
async fn create(item: Json<Item>) -> impl Responder {
    item
}
