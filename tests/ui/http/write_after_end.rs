use onward::http;

fn main() {
    http::create_server(|_req, mut res| async move {
        res.end();
        res.write("more");
    });
}
