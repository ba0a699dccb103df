use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
}

async fn checks() {
    let request = Request::builder().uri("/").body(());
    let sent = shop(Request::new("/"), Response::new()).await.unwrap();
    assert_eq!(sent.status(), StatusCode::OK);
    assert_eq!(sent.into_string(), "home");
    shop.test_client();
}

fn main() {
    let _ = checks;
    let _ = http::Server::new(shop);
    let _ = http::Server::bind("127.0.0.1:3000").serve(shop);
}
