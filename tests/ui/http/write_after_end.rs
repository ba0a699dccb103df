use onward::prelude::*;

fn main() {
    http::create_server(|_req, mut res| async move {
        res.end();
        res.write("more");
    });
}
