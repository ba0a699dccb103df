use app::{HELLO, Item, Message, Product};
use rocket::config::LogLevel;
use rocket::serde::json::Json;
use rocket::{Build, Config, Rocket, get, launch, post, routes};

#[launch]
fn rocket() -> Rocket<Build> {
    let address = app::address();
    let config = Config {
        address: address.ip(),
        port: address.port(),
        workers: 1,
        // Rocket's release configuration, without the lines that Rocket prints for every request.
        log_level: LogLevel::Critical,
        ..Config::release_default()
    };
    rocket::custom(config).mount("/", routes![hello, json, product, create])
}

#[get("/")]
fn hello() -> &'static str {
    HELLO
}

#[get("/json")]
fn json() -> Json<Message> {
    Json(Message::HELLO)
}

#[get("/products/<id>")]
fn product(id: u32) -> Json<Product> {
    Json(Product::find(id))
}

#[post("/products", data = "<item>")]
fn create(item: Json<Item>) -> Json<Item> {
    item
}
