use app::{HELLO, Item, Message, Product};
use xitca_web::App;
use xitca_web::handler::handler_service;
use xitca_web::handler::json::Json;
use xitca_web::handler::params::Params;
use xitca_web::route::{get, post};

fn main() -> std::io::Result<()> {
    App::new()
        .at("/", get(handler_service(async || HELLO)))
        .at("/json", get(handler_service(async || Json(Message::HELLO))))
        .at(
            "/products/{id}",
            get(handler_service(async |Params(id): Params<u32>| {
                Json(Product::find(id))
            })),
        )
        .at(
            "/products",
            post(handler_service(async |Json(item): Json<Item>| Json(item))),
        )
        .serve()
        .worker_threads(1)
        .listen(app::listener()?)?
        .run()
        .wait()
}
