//! Servers that are written without routes.

use onward::http;
use onward::prelude::*;

use crate::client::serve;

#[tokio::test]
async fn a_handwritten_server_responds() {
    let served = serve(http::create_server(|req, mut res| async move {
        if req.url == "/" {
            res.write("hello");
            res.end();
        }
    }));
    let response = served.get("/").await;
    assert_eq!((response.status, response.text()), (200, "hello"));
    assert_eq!(response.header("transfer-encoding"), Some("chunked"));
}

#[tokio::test]
async fn a_request_without_a_response_is_a_404() {
    let served = serve(http::create_server(|req, mut res| async move {
        if req.url == "/" {
            res.write("hello");
            res.end();
        }
    }));
    let response = served.get("/nowhere").await;
    assert_eq!(response.status, 404);
    assert_eq!(response.detail(), "");
}

#[tokio::test]
async fn a_response_that_is_not_ended_ends_with_its_handler() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.write("hello, ");
        res.write("world");
    }));
    let response = served.get("/").await;
    assert_eq!((response.status, response.text()), (200, "hello, world"));
    assert_eq!(response.header("transfer-encoding"), Some("chunked"));
}

#[tokio::test]
async fn handlers_return_unit_sent_or_a_result() {
    async fn sent(_req: Request, res: Response) -> Sent {
        res.send("sent")
    }
    async fn result(req: Request, res: Response) -> Result {
        Ok(res.send(req.url.query::<String>("q")?))
    }
    async fn unit_result(_req: Request, mut res: Response) -> Result<()> {
        res.write("unit").await?;
        Ok(())
    }
    let served = serve(http::create_server(sent));
    assert_eq!(served.get("/").await.text(), "sent");
    let served = serve(http::create_server(result));
    assert_eq!(served.get("/?q=a%20b").await.text(), "a b");
    let response = served.get("/").await;
    assert_eq!(response.status, 400);
    assert_eq!(response.detail(), "query parameter `q` is missing");
    let served = serve(http::create_server(unit_result));
    assert_eq!(served.get("/").await.text(), "unit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_library_can_send_requests() {
    let served = serve(http::create_server(|req, res| async move {
        let text = req.body.text().await?;
        Ok::<_, Error>(res.send(Json([text, req.method.to_string()])))
    }));
    let url = format!("http://{}/", served.addr);
    let responses = tokio::task::spawn_blocking(move || {
        let agent = ureq::agent();
        let mut responses = Vec::new();
        for body in ["one", "two"] {
            let mut response = agent.post(&url).send(body).unwrap();
            assert_eq!(response.headers()["content-type"], "application/json");
            responses.push(response.body_mut().read_to_string().unwrap());
        }
        responses
    });
    assert_eq!(
        responses.await.unwrap(),
        [r#"["one","POST"]"#, r#"["two","POST"]"#]
    );
}
