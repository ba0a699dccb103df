use onward::http;
use std::rc::Rc;

fn main() {
    http::create_server(|_req, res| async move {
        let name = Rc::new("hello");
        tokio::task::yield_now().await;
        res.send(*name);
    });
}
