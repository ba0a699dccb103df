use app::{HELLO, Item, Message, Product};
use ntex::web::types::{Json, Path};
use ntex::web::{App, HttpResponse, HttpServer, get, post};

#[ntex::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(async || App::new().service((hello, json, product, create)))
        .workers(1)
        .bind(app::address())?
        .run()
        .await
}

#[get("/")]
async fn hello() -> &'static str {
    HELLO
}

#[get("/json")]
async fn json() -> HttpResponse {
    HttpResponse::Ok().json(&Message::HELLO)
}

#[get("/products/{id}")]
async fn product(id: Path<u32>) -> HttpResponse {
    HttpResponse::Ok().json(&Product::find(*id))
}

#[post("/products")]
async fn create(item: Json<Item>) -> HttpResponse {
    HttpResponse::Ok().json(&*item)
}
