use onward::http;

fn main() {
    http::create_server(|_req, res| res.end());
    http::create_server(|_req| async {});
    http::create_server(|_req, _res| async { "hello" });
}
