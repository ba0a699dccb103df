use onward::http;

fn main() {
    http::create_server(|_req, mut res| async move {
        res.status_code = 404;
        res.end();
    });
}
