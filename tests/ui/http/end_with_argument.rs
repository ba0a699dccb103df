use onward::http;

fn main() {
    http::create_server(|_req, res| async move {
        res.end("hello");
    });
}
