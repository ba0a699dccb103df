//! HTTP/1.x on the wire.

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{get, serve};

fn echo() -> Server {
    http::create_server(|req, res| async move { res.send(format!("{} {}", req.method, req.url)) })
}

#[tokio::test]
async fn a_connection_carries_several_requests() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    for url in ["/1", "/2", "/3"] {
        wire.send(get(url)).await;
        assert_eq!(wire.response().await.text(), format!("GET {url}"));
    }
    assert_eq!(served.server.connections(), 1);
}

#[tokio::test]
async fn pipelined_requests_get_responses_in_order() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    let urls: Vec<String> = (0..100).map(|n| format!("/{n}")).collect();
    wire.send(urls.iter().map(|url| get(url)).collect::<String>())
        .await;
    for url in &urls {
        assert_eq!(wire.response().await.text(), format!("GET {url}"));
    }
}

#[tokio::test]
async fn a_response_does_not_wait_for_an_incomplete_next_request() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    wire.send(get("/1") + "GET /2 HTT").await;
    assert_eq!(wire.response().await.text(), "GET /1");
    wire.send("P/1.1\r\nhost: a\r\n\r\n").await;
    assert_eq!(wire.response().await.text(), "GET /2");
}

#[tokio::test]
async fn connection_close_from_the_client_is_honored() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    wire.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await;
    let response = wire.response().await;
    assert_eq!(response.text(), "GET /");
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn connection_close_from_the_handler_is_honored() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.set_header("connection", "close");
        res.send("bye")
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.header("connection"), Some("close"));
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn invalid_http_is_a_400() {
    let served = serve(echo());
    for nonsense in ["hello\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"] {
        let mut wire = served.connect().await;
        wire.send(nonsense).await;
        assert_eq!(wire.response().await.status, 400);
        assert!(wire.rest().await.is_empty());
    }
    assert_eq!(served.get("/").await.status, 200);
}

#[tokio::test]
async fn invalid_data_after_a_request_does_not_affect_its_response() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    wire.send(get("/1") + "hello\r\n\r\n").await;
    assert_eq!(wire.response().await.text(), "GET /1");
    assert_eq!(wire.response().await.status, 400);
}

#[tokio::test]
async fn any_method_reaches_the_handler() {
    let served = serve(echo());
    for method in ["PUT", "QUERY", "BREW"] {
        let response = served
            .ask(&format!("{method} /pot HTTP/1.1\r\nhost: a\r\n\r\n"))
            .await;
        assert_eq!(response.text(), format!("{method} /pot"));
    }
}

#[tokio::test]
async fn a_url_is_passed_on_as_received() {
    let served = serve(echo());
    for url in ["/caf%C3%A9?x=%20&y", "//a/./../b", "/%zz"] {
        assert_eq!(served.get(url).await.text(), format!("GET {url}"));
    }
    let response = served.get("http://example.com:8080/a?b").await;
    assert_eq!(response.text(), "GET http://example.com:8080/a?b");
}

#[tokio::test]
async fn an_absolute_form_target_is_routed_by_its_path() {
    #[server]
    async fn shop(req: Request, res: Response) -> Result {
        route!("/products" => req.url.query::<String>("tag"));
    }
    let served = serve(http::create_server(shop));
    let response = served.get("http://example.com/products?tag=new").await;
    assert_eq!(response.text(), "new");
}
