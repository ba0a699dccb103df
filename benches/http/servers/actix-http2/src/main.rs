use actix_web::{App, HttpServer, get};
use app::HELLO;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(hello))
        .workers(1)
        .tcp_nodelay(true)
        .bind_auto_h2c(app::address())?
        .run()
        .await
}

#[get("/")]
async fn hello() -> &'static str {
    HELLO
}
