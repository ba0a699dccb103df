use onward::http;
use onward::prelude::*;

struct Page(String);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        Response::new()
    }
}

#[derive(Debug)]
struct AppError;

impl ResponseError for AppError {}

struct User;

impl FromRequest for User {}

fn page() -> impl Responder {
    "page"
}

fn main() {
    let _ = (Page(String::new()).0, AppError, User, page());
    let _ = HttpServer::new(|| ());
    let _ = onward::Router::new().route("/", page);
    let _ = http::App::new();
    let _ = http::listen(3000, page);
}
