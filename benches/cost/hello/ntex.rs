use ntex::web::{App, HttpServer, get};

#[get("/")]
async fn hello() -> &'static str {
    "hello"
}

#[ntex::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(async || App::new().service(hello))
        .bind("0.0.0.0:3000")?
        .run()
        .await
}
