use onward::http;
use onward::prelude::*;

fn main() {
    http::create_server(|_req, mut res| async move {
        res.write(7);
        res.end_with(json!(["shoes"]));
    });
}
