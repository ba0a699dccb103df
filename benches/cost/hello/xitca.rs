use xitca_web::App;
use xitca_web::handler::handler_service;
use xitca_web::route::get;

fn main() -> std::io::Result<()> {
    App::new()
        .at("/", get(handler_service(async || "hello")))
        .serve()
        .bind("0.0.0.0:3000")?
        .run()
        .wait()
}
